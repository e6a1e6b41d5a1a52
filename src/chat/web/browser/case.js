// Keeps an open case as it is: told by the server's stream, else by asking now and then; replaces only what changed.

const ASK_EVERY_MS = 5000;

/** @returns what the composer tells: `update` fetches what is new. */
export function startCase({ changed }) {
  const { case: href } = document.body.dataset;
  if (href === undefined) return { update: async () => {} };
  const log = document.querySelector("[data-log]");
  const state = document.querySelector("[data-state]");
  let updating;
  let again = false;
  let stream;
  let asking;
  /** Its head at the top of the conversation; the page itself stays where it is. */
  const scrollTo = (turn, behavior) => {
    if (turn) log.scrollTo({ top: turn.offsetTop - 12, behavior });
  };

  /** One at a time; what is asked for meanwhile comes after. */
  async function update() {
    if (updating) {
      again = true;
      return updating;
    }
    updating = fetchNew().finally(() => {
      updating = undefined;
    });
    await updating;
    if (again) {
      again = false;
      await update();
    }
  }

  async function fetchNew() {
    const have = [...document.querySelectorAll("[data-part]")].map(({ dataset }) => `${dataset.part}:${dataset.key}`);
    const query = new URLSearchParams({ after: document.body.dataset.last, have: have.join(",") });
    const answer = await fetch(`${href}/parts?${query}`, { headers: { accept: "application/json" } });
    if (answer.status === 401) location.reload();
    if (!answer.ok) throw new Error(`${answer.status}`);
    const { version, last, turns, parts } = await answer.json();
    for (const [name, part] of Object.entries(parts)) replace(name, part);
    if (turns !== "") append(turns);
    document.body.dataset.version = version;
    document.body.dataset.last = last;
    const title = document.querySelector('[data-part="standing"] .verdict')?.textContent;
    if (title) document.title = document.title.replace(/: .* · /, () => `: ${title} · `);
    say("");
  }

  function append(markup) {
    const list = document.querySelector("[data-turns]");
    const held = document.createElement("template");
    held.innerHTML = markup;
    // Another window's turns may have come twice while this one was asking.
    for (const turn of held.content.querySelectorAll("[data-turn]"))
      if (document.getElementById(turn.id)) turn.remove();
    const added = [...held.content.children];
    if (added.length === 0) return;
    if (held.content.querySelector("[data-choices]"))
      for (const old of list.querySelectorAll("[data-choices]")) old.remove();
    for (const turn of added) turn.classList.add("new");
    list.append(held.content);
    for (const turn of added) changed(turn);
    // The head of a reply that is longer than the window, not its end.
    scrollTo(added[0], calm() ? "auto" : "smooth");
  }

  function replace(name, { key, html }) {
    const part = document.querySelector(`[data-part="${name}"]`);
    if (!part) return;
    const open = new Map([...part.querySelectorAll("details[id]")].map((details) => [details.id, details.open]));
    const focused = part.contains(document.activeElement) ? document.activeElement : undefined;
    part.innerHTML = html;
    part.dataset.key = key;
    for (const [id, isOpen] of open) {
      const details = document.getElementById(id);
      if (details) details.open = isOpen;
    }
    changed(part);
    if (focused) focusAgain(part, focused);
    if (name !== "bar" && name !== "composer" && name !== "cases") markChanged();
  }

  /** What had the focus was replaced: its successor gets it, else the whole. */
  function focusAgain(part, focused) {
    const same = [...part.querySelectorAll(focused.tagName)].find(
      (element) => element.textContent === focused.textContent || (element.id !== "" && element.id === focused.id),
    );
    (same ?? part.closest("[tabindex]") ?? document.getElementById("text"))?.focus({ preventScroll: true });
  }

  function markChanged() {
    if (document.body.dataset.view !== "case")
      document.querySelector('.views [data-view="case"]')?.classList.add("changed");
  }

  const look = () => update().catch(() => say("No connection; trying again …"));

  /** Browsers allow six connections to one server: a window that nobody sees gives its own back. */
  function listen() {
    if (stream || document.hidden) return;
    stream = new EventSource(`${href}/events`);
    stream.addEventListener("version", ({ data }) => {
      clearInterval(asking);
      asking = undefined;
      if (data !== document.body.dataset.version) look();
      else say("");
    });
    stream.addEventListener("error", () => {
      say("No connection; trying again …");
      if (stream?.readyState === EventSource.CLOSED) stop();
      asking ??= setInterval(() => {
        if (!stream) listen();
        look();
      }, ASK_EVERY_MS);
    });
  }

  function stop() {
    stream?.close();
    stream = undefined;
  }

  function say(words) {
    if (state.textContent !== words) state.textContent = words;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) stop();
    else listen();
  });
  addEventListener("pagehide", stop);
  addEventListener("pageshow", listen);
  startViews();
  if (location.hash === "" || location.hash.startsWith("#turn-")) {
    const turn = document.getElementById(location.hash.slice(1));
    scrollTo(turn?.nextElementSibling ? turn : log.querySelector(".turn:last-child"), "auto");
  }
  listen();
  return { update };
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** On a phone one of the two is seen at a time. */
function startViews() {
  const show = (view) => {
    document.body.dataset.view = view;
    for (const link of document.querySelectorAll(".views [data-view]")) {
      if (link.dataset.view === view) {
        link.setAttribute("aria-current", "true");
        link.classList.remove("changed");
      } else link.removeAttribute("aria-current");
    }
  };
  for (const link of document.querySelectorAll(".views [data-view]"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(link.dataset.view);
    });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F2") return;
    event.preventDefault();
    const isInCase = document.getElementById("case").contains(document.activeElement);
    show(isInCase ? "conversation" : "case");
    if (isInCase) document.getElementById("text")?.focus();
    else document.getElementById("case").focus();
  });
}

// The message box: Enter sends, big pastes and files become chips, sending shows how far it is.

/** What is longer than this is not put into the box: a browser draws a megabyte of text for seconds. */
const BIG_PASTE = 20_000;
const MOST_BYTES = 32 * 1024 * 1024;
const TRIES = 4;

export function startComposer({ update }) {
  /** Pastes and files that wait to be sent. */
  let waiting = [];

  const form = () => document.querySelector("[data-say]");

  document.addEventListener("submit", (event) => {
    const sent = event.target;
    if (sent.matches("[data-say]")) {
      event.preventDefault();
      sendSaid(sent);
    } else if (sent.matches("[data-choices], [data-act]")) {
      event.preventDefault();
      const data = new FormData(sent);
      if (event.submitter?.name) data.set(event.submitter.name, event.submitter.value);
      post(sent, data, sent.matches("[data-choices]"));
    }
  });

  document.addEventListener("keydown", (event) => {
    const text = document.getElementById("text");
    if (event.target === text && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form()?.requestSubmit();
    } else if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
      document.body.dataset.view = "conversation";
      text?.focus();
    } else if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
      const choice = document.querySelectorAll("[data-choices] button")[Number(event.code.slice(5)) - 1];
      if (!choice) return;
      event.preventDefault();
      choice.click();
    }
  });

  document.addEventListener("paste", (event) => {
    if (!form()) return;
    const files = [...(event.clipboardData?.files ?? [])];
    const words = event.clipboardData?.getData("text/plain") ?? "";
    if (files.length > 0) add(files.map((file) => ({ file })));
    else if (words.length > BIG_PASTE) add([{ words }]);
    else return;
    event.preventDefault();
  });

  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.('[data-say] input[type="file"]')) return;
    add([...target.files].map((file) => ({ file })));
    target.value = "";
  });

  startDropping((files) => add(files.map((file) => ({ file }))));

  function add(more) {
    waiting = [...waiting, ...more];
    showWaiting();
    document.getElementById("text")?.focus();
  }

  function showWaiting() {
    const list = document.querySelector("[data-chips]");
    if (!list) return;
    list.hidden = waiting.length === 0;
    list.replaceChildren(...waiting.map(chip));
  }

  function chip(item) {
    const name = item.file ? item.file.name : `pasted text, ${lines(item.words)} lines`;
    const size = item.file ? item.file.size : item.words.length;
    const entry = document.createElement("li");
    entry.append(`${name} (${inWords(size)})`);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = "×";
    remove.setAttribute("aria-label", `Remove ${name}`);
    remove.addEventListener("click", () => {
      waiting = waiting.filter((other) => other !== item);
      showWaiting();
      document.getElementById("text")?.focus();
    });
    entry.append(remove);
    return entry;
  }

  async function sendSaid(sent) {
    const data = new FormData(sent);
    data.delete("files");
    const texts = [sent.elements.text.value, ...waiting.flatMap(({ words }) => words ?? [])];
    data.set("text", texts.filter((words) => words.trim() !== "").join("\n"));
    for (const { file } of waiting) if (file) data.append("files", file, file.name);
    const size = data.get("text").length + waiting.reduce((sum, { file }) => sum + (file?.size ?? 0), 0);
    // On the start page, nothing said is a wish to be led.
    if (size === 0 && document.body.dataset.case !== undefined) return sent.elements.text.focus();
    if (size > MOST_BYTES) return problem(sent, "That is more than 32 MB. Send the part that matters.");
    if (!(await post(sent, data, true))) return;
    waiting = [];
    const now = form();
    if (!now) return;
    now.reset();
    showWaiting();
    focusBox();
  }

  /** Sends a form; true when it was heard. Until then it keeps its id, so that sending it again can't say it twice. */
  async function post(sent, data, staysHere) {
    const says = sent.matches("[data-say]");
    if (sent.dataset.busy) return false;
    sent.dataset.busy = "yes";
    problem(sent, "");
    busy(sent, true);
    sent.dataset.delivery ??= crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    data.set("delivery", sent.dataset.delivery);
    try {
      for (let attempt = 1; ; attempt += 1) {
        const answer = await send(sent.action, data, says ? (done) => progress(sent, done) : () => {});
        if (answer.status === 401) location.reload();
        if (answer.ok) {
          delete sent.dataset.delivery;
          const { caseId, href } = answer.body;
          if (document.body.dataset.case === undefined) location.assign(href);
          else if (caseId) await update().catch(() => {});
          return true;
        }
        const mayHelp = answer.status === 0 || answer.status === 503;
        if (!mayHelp || attempt === TRIES) {
          problem(sent, answer.body?.problem ?? "It could not be sent: no connection. Send it again.");
          return false;
        }
        await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
      }
    } finally {
      delete sent.dataset.busy;
      busy(sent, false);
      if (staysHere && !says) focusBox();
    }
  }
}

/** The next words can be typed at once; who went on to something else while the message was sent keeps the focus. */
function focusBox() {
  const now = document.activeElement;
  const hasGoneOn = now && now !== document.body && !now.closest("[data-say], [data-choices], [data-act]");
  if (!hasGoneOn) document.getElementById("text")?.focus({ preventScroll: true });
}

/** By XMLHttpRequest, because fetch tells nothing of an upload. Status 0: not reached. */
function send(url, data, told) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => told(total > 0 ? loaded / total : undefined));
    request.upload.addEventListener("load", () => told(1));
    request.addEventListener("load", () =>
      resolve({ ok: request.status === 200, status: request.status, body: request.response }),
    );
    for (const trouble of ["error", "abort", "timeout"])
      request.addEventListener(trouble, () => resolve({ ok: false, status: 0, body: undefined }));
    request.send(data);
  });
}

function busy(sent, is) {
  for (const button of sent.querySelectorAll("button")) button.disabled = is;
  const area = sent.querySelector("[data-sending]");
  if (area) area.hidden = !is;
  if (is && area) progress(sent, undefined);
}

function progress(sent, done) {
  const bar = sent.querySelector("[data-sending] progress");
  const words = sent.querySelector("[data-sending-words]");
  if (!bar || !words) return;
  if (done === undefined || done >= 1) bar.removeAttribute("value");
  else bar.value = done;
  words.textContent =
    done === undefined ? "Sending …" : done >= 1 ? "Reading …" : `Sending … ${Math.round(done * 100)} %`;
}

function problem(sent, words) {
  const place = sent.querySelector("[data-problem]") ?? document.querySelector("[data-say] [data-problem]");
  if (!place) return;
  place.hidden = words === "";
  place.textContent = words;
}

/** Files can be dropped anywhere on the page. */
function startDropping(dropped) {
  const area = document.querySelector("[data-drop]");
  let depth = 0;
  const has = (event) => event.dataTransfer?.types.includes("Files") && document.querySelector("[data-say]");
  const show = (is) => {
    if (area) area.hidden = !is;
  };
  addEventListener("dragenter", (event) => {
    if (has(event)) show(++depth > 0);
  });
  addEventListener("dragleave", (event) => {
    if (has(event)) show(--depth > 0);
  });
  addEventListener("dragover", (event) => {
    if (has(event)) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    if (!has(event)) return;
    event.preventDefault();
    depth = 0;
    show(false);
    dropped([...event.dataTransfer.files]);
  });
}

function lines(text) {
  return text.split("\n").length.toLocaleString();
}

function inWords(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

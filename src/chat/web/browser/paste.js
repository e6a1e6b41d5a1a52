// A line that was pointed at, in its paste: over the page, without leaving it.

export function startPaste() {
  const dialog = document.querySelector("[data-paste]");
  if (!dialog) return;
  const body = dialog.querySelector("[data-paste-body]");

  /** What on the page asked for it. */
  let from;

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-line]") : null;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (!link || !isPlain) return;
    event.preventDefault();
    show(link);
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  // The browser gives the focus back to what had it, unless the case changed meanwhile and drew that line anew.
  dialog.addEventListener("close", () => {
    if (from.isConnected) return;
    const same = [...document.querySelectorAll("a[data-line]")].find(
      ({ href, textContent }) => href === from.href && textContent === from.textContent,
    );
    (same ?? document.getElementById("case")).focus({ preventScroll: true });
  });
  // A click beside it closes it.
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });

  async function show(link) {
    const { href } = link;
    const answer = await fetch(href, { headers: { accept: "application/json" } }).catch(() => undefined);
    if (!answer?.ok) return location.assign(href);
    const { name, html } = await answer.json();
    dialog.querySelector("h2").textContent = name;
    dialog.querySelector("[data-paste-page]").href = href;
    body.innerHTML = html;
    if (!dialog.open) dialog.showModal();
    if (!dialog.contains(link)) from = link;
    body.querySelector(".here")?.scrollIntoView({ block: "center" });
    body.querySelector(".lines, .lines-explained")?.focus({ preventScroll: true });
  }
}

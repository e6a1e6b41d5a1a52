// A line that was pointed at, in its paste: over the page, without leaving it.

export function startPaste() {
  const dialog = document.querySelector("[data-paste]");
  if (!dialog) return;
  const body = dialog.querySelector("[data-paste-body]");

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-line]") : null;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (!link || !isPlain) return;
    event.preventDefault();
    show(link.href);
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  // A click beside it closes it.
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });

  async function show(href) {
    const answer = await fetch(href, { headers: { accept: "application/json" } }).catch(() => undefined);
    if (!answer?.ok) return location.assign(href);
    const { name, html } = await answer.json();
    dialog.querySelector("h2").textContent = name;
    dialog.querySelector("[data-paste-page]").href = href;
    body.innerHTML = html;
    if (!dialog.open) dialog.showModal();
    body.querySelector(".here")?.scrollIntoView({ block: "center" });
    body.querySelector(".lines, .lines-explained")?.focus({ preventScroll: true });
  }
}

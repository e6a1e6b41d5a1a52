// What the page does beyond links and forms, which work without it: sends without leaving the page, takes big pastes and
// dropped files, follows a case that others change, and shows a line in its paste.
import { startCase } from "./case.js";
import { startComposer } from "./composer.js";
import { startPaste } from "./paste.js";

localTimes(document);
const live = startCase({ changed: localTimes });
startComposer(live);
startPaste();

document.addEventListener("click", async ({ target }) => {
  const button = target instanceof Element ? target.closest("[data-copy]") : null;
  const code = button?.closest("figure")?.querySelector("pre");
  if (!button || !code) return;
  await copy(code);
  button.classList.add("done");
  button.firstChild.textContent = "Copied";
  setTimeout(() => {
    button.classList.remove("done");
    button.firstChild.textContent = "Copy";
  }, 2000);
});

/** The clipboard's interface exists in secure contexts only; a selection can be copied anywhere. */
async function copy(element) {
  if (navigator.clipboard) return navigator.clipboard.writeText(element.textContent).catch(() => select(element));
  select(element);
  document.execCommand("copy");
}

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

/** Times are sent in UTC; people think in their own. */
function localTimes(root) {
  const today = new Date().toDateString();
  for (const element of root.querySelectorAll("[data-time]")) {
    const at = new Date(element.dateTime);
    const day = at.toDateString() === today ? {} : { year: "numeric", month: "short", day: "numeric" };
    element.textContent = at.toLocaleString([], { ...day, hour: "2-digit", minute: "2-digit" });
    element.title = at.toLocaleString();
    element.removeAttribute("data-time");
  }
}

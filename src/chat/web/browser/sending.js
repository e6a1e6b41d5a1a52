// Sends a form without leaving the page, tries again where that may help, and shows how far it is.

const TRIES = 4;

/** The id by which a message that comes twice is known. */
export function newDelivery() {
  return crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
}

/** @returns true when it was heard; `update` fetches what it brought. Else the form says what is wrong. */
export async function post(sent, data, { delivery, update }) {
  const says = sent.matches("[data-say]");
  const { action } = sent;
  problem(sent, "");
  busy(sent, true);
  data.set("delivery", delivery);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await send(action, data, says ? (done) => progress(sent, done) : () => {});
      if (answer.status === 401) location.reload();
      if (answer.ok) {
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
    busy(sent, false);
  }
}

/** The next words can be typed at once; who went on to something else while the message was sent keeps the focus. */
export function focusBox() {
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
  if (is) sent.dataset.busy = "yes";
  else delete sent.dataset.busy;
  // In a case the box is free for the next message.
  const isFree = sent.matches("[data-say]") && document.body.dataset.case !== undefined;
  if (!isFree) for (const button of sent.querySelectorAll("button")) button.disabled = is;
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

export function problem(sent, words) {
  const place = sent.querySelector("[data-problem]") ?? document.querySelector("[data-say] [data-problem]");
  if (!place) return;
  place.hidden = words === "";
  place.textContent = words;
}

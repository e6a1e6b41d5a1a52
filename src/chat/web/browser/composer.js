// The message box: Enter sends, big pastes and files become chips; what is typed while a message is sent goes after it.
import { focusBox, newDelivery, post, problem } from "./sending.js";

/** What is longer than this is not put into the box: a browser draws a megabyte of text for seconds. */
const BIG_PASTE = 20_000;
const MOST_BYTES = 32 * 1024 * 1024;

export function startComposer({ update }) {
  /** Pastes and files that wait to be sent. */
  let waiting = [];
  /** Messages that were sent and not heard yet, the oldest first. */
  let onTheWay = [];
  /** The message that could not be sent. */
  let failed;

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
      press(sent, data);
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

  /** A button: until it was heard it keeps its id. */
  async function press(sent, data) {
    if (sent.dataset.busy) return;
    sent.dataset.delivery ??= newDelivery();
    if (await post(sent, data, { delivery: sent.dataset.delivery, update })) delete sent.dataset.delivery;
    if (sent.matches("[data-choices]")) focusBox();
  }

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

  /** What was typed and added leaves the box at once; it comes back if it could not be sent. */
  function sendSaid(sent) {
    const isInCase = document.body.dataset.case !== undefined;
    // The page of the case comes when the first message is heard.
    if (!isInCase && onTheWay.length > 0) return;
    const data = new FormData(sent);
    const message = { sent, data, text: sent.elements.text.value, side: data.get("side"), items: waiting };
    data.delete("files");
    const texts = [message.text, ...waiting.flatMap(({ words }) => words ?? [])];
    data.set("text", texts.filter((words) => words.trim() !== "").join("\n"));
    for (const { file } of waiting) if (file) data.append("files", file, file.name);
    const size = data.get("text").length + waiting.reduce((sum, { file }) => sum + (file?.size ?? 0), 0);
    // On the start page, nothing said is a wish to be led.
    if (size === 0 && isInCase) return sent.elements.text.focus();
    if (size > MOST_BYTES) return problem(sent, "That is more than 32 MB. Send the part that matters.");
    const isAgain = failed?.text === message.text && failed.items.every((item, index) => item === waiting[index]);
    message.delivery = isAgain && failed.items.length === waiting.length ? failed.delivery : newDelivery();
    failed = undefined;
    onTheWay.push(message);
    if (isInCase) {
      sent.reset();
      waiting = [];
      showWaiting();
    }
    if (onTheWay.length === 1) sendInOrder();
  }

  async function sendInOrder() {
    while (onTheWay.length > 0) {
      const { sent, data, delivery } = onTheWay[0];
      if (!(await post(form() ?? sent, data, { delivery, update }))) return giveBack();
      onTheWay.shift();
    }
    focusBox();
  }

  /** Sent again as it was, a message keeps its id: it may have been heard, and must not be said twice. */
  function giveBack() {
    const now = form();
    [failed] = onTheWay;
    if (document.body.dataset.case !== undefined && now) {
      const typed = now.elements.text.value;
      const texts = [...onTheWay.map(({ text }) => text), typed];
      now.elements.text.value = texts.reduce((all, text) => (/(?:^|\n)$/.test(all) ? all + text : `${all}\n${text}`));
      now.elements.side.value = failed.side;
      waiting = [...onTheWay.flatMap(({ items }) => items), ...waiting];
      showWaiting();
    }
    onTheWay = [];
    focusBox();
  }
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

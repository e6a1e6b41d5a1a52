/** What terminals leave in a capture: escape codes, pager prompts, typing over what was typed. */

const ESC = String.fromCharCode(27);
const BELL = String.fromCharCode(7);
const BACKSPACE = "\b";

const PAGER = "(?:<-{1,3} ?[Mm]ore ?-{1,3}>|-{2,3} ?\\(?[Mm](?:ore|ORE)(?: \\d{1,3}%)?\\)? ?-{2,3})";
/** The pager's prompt and what the device sends to wipe it from the screen (backspaces or a CR, blanks, the same again). */
const WIPED_PAGER = new RegExp(`[ \\t]?${PAGER} ?(?:${BACKSPACE}+ *${BACKSPACE}*|\\r *\\r(?!\\n))`, "g");
/** The pager's prompt where the wiping was lost on the way. */
const BARE_PAGER = new RegExp(`^\\s*${PAGER}(?: or \\(q\\)uit)?[ \\t]*`);

/** CSI sequences, OSC strings (window titles), character-set and single-character escapes. */
const ESCAPES = new RegExp(
  `${ESC}(?:\\[([0-9:;<=>?]{0,64})[ -/]{0,8}([@-~])|\\][^${BELL}${ESC}]*(?:${BELL}|${ESC}\\\\)?|[()*+][0-9A-Za-z]|[ -Z\\\\^-~])?`,
  "g",
);
/** The colour codes that remain when only the escape character itself was lost. */
const ORPHAN_COLOURS = /\[(?:\d{1,2};){0,4}\d{0,2}m(?=--More--|<---)|(?<=More--|More --->)\[(?:\d{1,2};){0,4}\d{0,2}m/g;
const CONTROLS = new RegExp(
  `[${String.fromCharCode(0)}-${String.fromCharCode(2)}${String.fromCharCode(4)}-${String.fromCharCode(7)}\\x0e-\\x1f\\x7f]`,
  "g",
);
const RARE = [0, 1, 4, 5, 6, 7, 14, 15, 17, 19, 26, 127].map((code) => String.fromCharCode(code));

/** Takes escape codes, wiped pager prompts and stray control characters out of the whole text; keeps every line break. */
export function withoutTerminalCodes(text: string): string {
  let out = text;
  if (out.includes(ESC)) out = out.replace(ESCAPES, cursorMove);
  if (out.includes("^H")) out = out.replaceAll("^H", BACKSPACE);
  if (hasPager(out)) out = out.replace(ORPHAN_COLOURS, "").replace(WIPED_PAGER, "");
  if (RARE.some((control) => out.includes(control))) out = out.replace(CONTROLS, "");
  return out;
}

/** A cursor moved back is a row of backspaces; every other code shows nothing. */
function cursorMove(_: string, count: string | undefined, final: string | undefined): string {
  if (final !== "D") return "";
  const columns = Number(count === "" ? "1" : count);
  return Number.isInteger(columns) && columns > 0 && columns <= 300 ? BACKSPACE.repeat(columns) : "";
}

/** Whether a pager may have stopped the output anywhere in the text. */
export function hasPager(text: string): boolean {
  return text.includes("More") || text.includes("MORE") || text.includes("(more");
}

/** The line without a pager prompt at its start. */
export function withoutPager(line: string): string {
  return line.includes("ore") || line.includes("ORE") ? line.replace(BARE_PAGER, "") : line;
}

/** What the screen showed after the backspaces in `line` did their work. */
export function overtype(line: string): string {
  if (!line.includes(BACKSPACE)) return line;
  const shown: string[] = [];
  let column = 0;
  for (const character of line) {
    if (character === BACKSPACE) {
      if (column > 0) column -= 1;
      continue;
    }
    shown[column] = character;
    column += 1;
  }
  return shown.join("");
}

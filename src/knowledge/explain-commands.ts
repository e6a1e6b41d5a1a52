/** Commands, written out or abbreviated, with or without a prompt: "HUB#sh cry isa sa det". */
import type { Entry } from "./explain-entry.ts";

const PROMPT = /^[A-Za-z][\w.\-()/]{0,80}[#>]\s*/;

/**
 * Entries whose command the typed line is. The command that takes up most words wins; several entries are as many
 * commands that the line could be short for. `begun` are commands that go on where the line stops.
 */
export function byCommand(entries: readonly Entry[], typed: string): { whole: Entry[]; begun: Entry[] } {
  const words = typed
    .trim()
    .replace(PROMPT, "")
    .replace(/^do\s+/, "")
    .split(/\s+/, 40);
  const whole: Entry[] = [];
  const begun: Entry[] = [];
  let most = 0;
  for (const entry of entries)
    for (const command of entry.commands) {
      const pattern = command.split(" ");
      const length = Math.min(pattern.length, words.length);
      if (!pattern.slice(0, length).every((word, at) => fits(words[at] ?? "", word, at))) continue;
      if (pattern.length > words.length) {
        if (words.length > 1) put(begun, entry);
        continue;
      }
      if (length < most) continue;
      if (length > most) whole.length = 0;
      most = length;
      put(whole, entry);
    }
  return { whole, begun };
}

function put(list: Entry[], entry: Entry): void {
  if (!list.includes(entry)) list.push(entry);
}

function fits(typed: string, word: string, at: number): boolean {
  if (word === "NAME") return typed !== "";
  if (word === "ADDRESS" || word === "NUMBER") return /[\d.:<]/.test(typed) || /^[A-Z]+$/.test(typed);
  return typed.length > (at === 0 ? 1 : 0) && word.startsWith(typed.toLowerCase());
}

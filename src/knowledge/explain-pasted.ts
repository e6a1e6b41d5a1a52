/** Log lines and rows of tables: signatures that match, and states that stand in the line. */
import type { Signature } from "../domain/signature.ts";
import type { Entry } from "./explain-entry.ts";

/** A daemon's name, where a log line proper begins after time stamp, sequence number and host. */
const DAEMON = /%[A-Z][A-Z0-9_]*-\d-|\b(?:ISAKMP|IPSEC|CRYPTO|IKEv[12]|charon)\b|\[IKEv[12]\]/i;

/** How many lines of a paste are looked at: a question about a whole log is `diagnose`'s. */
const MAX_LINES = 400;

interface Said {
  /** Messages, then states, most telling first. */
  readonly telling: readonly Entry[];
  /** Messages that are printed on healthy tunnels too. */
  readonly noise: readonly Entry[];
}

/** What the text says by itself. */
export function byPaste(entries: readonly Entry[], signatures: readonly Signature[], text: string): Said {
  const messages = new Map<string, Entry>();
  const states = entries.filter((entry) => entry.about === "state");
  for (const entry of entries) if (entry.about === "signature") messages.set(entry.id, entry);
  const telling: Entry[] = [];
  const noise: Entry[] = [];
  const seen: Entry[] = [];
  for (const line of text.split(/\r\n|\n|\r/, MAX_LINES)) {
    for (const signature of matching(signatures, line)) {
      const entry = messages.get(signature.id);
      if (entry) (signature.noise ? noise : telling).push(entry);
    }
    seen.push(...statesIn(states, line));
  }
  return { telling: [...new Set([...telling, ...seen])], noise: [...new Set(noise)] };
}

function matching(signatures: readonly Signature[], line: string): Signature[] {
  const text = line.trim();
  if (!text.includes(" ") && !text.includes(":")) return [];
  const from = text.search(DAEMON);
  const bare = from > 0 ? text.slice(from) : text;
  return signatures.filter(({ pattern }) => pattern.test(bare) || (from > 0 && pattern.test(text)));
}

/**
 * States in a line: those of a negotiation (MM_KEY_EXCH, UP-IDLE) before plain words in capitals (ACTIVE, DOWN), and a
 * "New State" before the old one.
 */
function statesIn(states: readonly Entry[], line: string): Entry[] {
  const lower = line.toLowerCase();
  const words = new Set(line.split(/[^\w-]+/));
  const lowerWords = new Set(lower.split(/[^\w-]+/));
  const newState = lower.lastIndexOf("new state");
  const compound: { state: Entry; at: number }[] = [];
  const single: Entry[] = [];
  for (const state of states)
    for (const name of state.names) {
      if (name.includes(" (") ? line.includes(name) : isCompound(name) && lowerWords.has(name.toLowerCase())) {
        const at = lower.lastIndexOf(name.toLowerCase());
        compound.push({ state, at: at < newState ? at + line.length : at });
      } else if (name === state.title && /^[A-Z][A-Za-z]{3,}$/.test(name) && words.has(name)) single.push(state);
    }
  compound.sort((a, b) => a.at - b.at);
  return [...compound.map(({ state }) => state), ...single];
}

function isCompound(name: string): boolean {
  return /^[A-Z][A-Z0-9_-]+$/.test(name) && /[_-]/.test(name);
}

/** `show crypto ipsec transform-set`: what each set protects with, and in which mode. */
import type { IpsecMode } from "../../domain/crypto.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { TransformSet } from "../../domain/readings/ipsec.ts";
import { isFiller } from "./ike-output.ts";
import { readTransform } from "./transform-words.ts";

/** "Transform set TS: { esp-aes esp-sha-hmac  }" */
const HEAD = /^\s{0,20}Transform set (?<name>[^\s:]{1,100}) ?: ?\{(?<words>[^{}]{0,200})\}?/i;
/** A set of AH and ESP prints its second half, again with its mode, on lines of its own. */
const MORE = /^\s{0,20}\{(?<words>[^{}]{1,200})\}/;
const MODE = /will negotiate ?= ?\{ ?(?<mode>Tunnel|Transport)\b/i;

interface SetDraft {
  readonly name: string;
  readonly line: Line;
  words: string;
  mode?: IpsecMode;
  modeLine?: number;
}

export const showCryptoIpsecTransformSet: Command = {
  run: "show crypto ipsec transform-set [tag NAME] [NAME]",
  alsoRun: ["show crypto ipsec transform-set default"],
  looksLike: [HEAD, /^\s{0,20}will negotiate ?= ?\{/i],
  parse(output: Output): Parsed {
    const drafts: SetDraft[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) if (!readLine(drafts, line)) unread.push(line);
    const sets: TransformSet[] = [];
    for (const draft of drafts) {
      const set = finish(draft);
      if (set) sets.push(set);
      else unread.push(draft.line);
    }
    const narrowed = /transform-set \S|\|/.test(output.command);
    const complete =
      output.typed !== undefined && !output.isCut && !output.isOpenEnded && !narrowed && unread.length === 0;
    const knowsNothing = sets.length === 0 && unread.length > 0;
    return { values: knowsNothing ? [] : [{ kind: "transform-sets", sets, complete }], unread };
  },
};

function readLine(drafts: SetDraft[], line: Line): boolean {
  if (isFiller(line.text)) return true;
  const head = HEAD.exec(line.text)?.groups;
  if (head) drafts.push({ name: head["name"] ?? "", line, words: (head["words"] ?? "").trim() });
  const current = drafts.at(-1);
  if (current === undefined) return false;
  const mode = MODE.exec(line.text)?.groups?.["mode"]?.toLowerCase();
  if (mode === "tunnel" || mode === "transport") {
    current.mode ??= mode;
    current.modeLine ??= line.number;
    return true;
  }
  const more = head ? undefined : MORE.exec(line.text)?.groups?.["words"];
  if (more !== undefined) current.words += ` ${more.trim()}`;
  return head !== undefined || more !== undefined;
}

/** A set whose mode was cut off, or whose words are none, is not known well enough to compare. */
function finish(draft: SetDraft): TransformSet | undefined {
  const transform = readTransform(draft.words);
  if (transform === undefined || draft.mode === undefined) return undefined;
  const isDefault = draft.name === "default" || draft.name.startsWith("#$!default");
  return {
    name: draft.name,
    line: draft.line.number,
    transform,
    text: draft.words.replace(/\s+/g, " "),
    mode: draft.mode,
    ...(isDefault ? { isDefault } : {}),
    at: { transform: draft.line.number, mode: draft.modeLine ?? draft.line.number },
  };
}

/** SAs that `show crypto isakmp sa [detail]` prints with a label before each value, as it does for IPv6. */
import type { IkeSa } from "../../../domain/readings/ike.ts";
import { addressFrom, secondsFromTime } from "../ike-output.ts";
import { authMethod, dhGroup, encryptionFromDebug, integrityFromWord } from "../ike-words.ts";
import { saysOf } from "./detail.ts";
import type { Draft, Word } from "./draft.ts";
import { readStatus } from "./row.ts";

const LABEL =
  /^(?<label>dst|src|state|conn-id|slot|status|i-vrf|encr|hash|auth|dh|lifetime|cap|engine-id):(?<rest>.*)$/i;

/** Whether the first word is a label of this form. */
export function isLabelled(words: readonly string[]): boolean {
  return LABEL.test(words[0] ?? "");
}

/** Whether the words begin an SA: a label after none, or `dst:` after an SA that has one. */
export function startsLabelled(draft: Draft | undefined, words: readonly string[]): boolean {
  const first = labelOf(words[0] ?? "");
  // The engine's line also ends a row of the table form.
  if (first === "" || first === "engine-id") return false;
  if (draft?.form !== "labelled") return true;
  return first === "dst" && draft.words.some((word) => labelOf(word.text) === "dst");
}

/** The SA, or undefined if neither address was printed. */
export function readLabelled(draft: Draft): IkeSa | undefined {
  const fields = collect(draft.words);
  const text = (label: string) => fields.get(label)?.values.join(" ");
  const responder = addressFrom(text("dst") ?? "");
  const initiator = addressFrom(text("src") ?? "");
  if (responder === undefined && initiator === undefined) return undefined;
  const state = text("state")?.toUpperCase();
  const status = readStatus(fields.get("status")?.values ?? []);
  const lifetime = secondsFromTime(text("lifetime") ?? "");
  const isUp = state === undefined ? (lifetime ?? 0) > 0 : state === "QM_IDLE";
  const capabilities = fields.has("cap") ? text("cap") : undefined;
  const group = text("dh");
  return {
    version: 1,
    line: draft.lines[0]?.number ?? 0,
    initiator,
    responder,
    state,
    standing: status?.includes("deleted") ? "deleted" : isUp ? "up" : "negotiating",
    status,
    connectionId: numberOf(text("conn-id")),
    vrf: text("i-vrf") || undefined,
    encryption: whenPrinted(text("encr"), encryptionFromDebug),
    integrity: whenPrinted(text("hash"), integrityFromWord),
    auth: whenPrinted(text("auth"), authMethod),
    dhGroup: group === undefined ? undefined : dhGroup(group),
    lifetimeSecondsLeft: lifetime,
    dpd: saysOf(capabilities, "D", isUp),
    natTraversal: saysOf(capabilities, "N", isUp),
    capabilities,
    at: linesOf(fields),
  };
}

interface Field {
  readonly line: number;
  readonly values: string[];
}

function collect(words: readonly Word[]): Map<string, Field> {
  const fields = new Map<string, Field>();
  let current: Field | undefined;
  for (const word of words) {
    const match = LABEL.exec(word.text)?.groups;
    if (!match) {
      current?.values.push(word.text);
      continue;
    }
    const rest = match["rest"] ?? "";
    current = { line: word.line, values: rest === "" ? [] : [rest] };
    fields.set(labelOf(word.text), current);
  }
  return fields;
}

const FIELD_NAMES: Readonly<Record<string, string>> = { state: "state", status: "status", cap: "capabilities" };

function linesOf(fields: ReadonlyMap<string, Field>): Record<string, number> {
  const at: Record<string, number> = {};
  for (const [label, field] of fields) {
    const name = FIELD_NAMES[label];
    if (name !== undefined) at[name] = field.line;
  }
  return at;
}

function labelOf(word: string): string {
  return LABEL.exec(word)?.groups?.["label"]?.toLowerCase() ?? "";
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

function whenPrinted(text: string | undefined, translate: (text: string) => string): string | undefined {
  return text === undefined || text === "" ? undefined : translate(text);
}

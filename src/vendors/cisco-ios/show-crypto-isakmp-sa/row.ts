/** The plain rows of `show crypto isakmp sa`: [vrf] dst src state conn-id [slot] [status]. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { IkeSa } from "../../../domain/readings/ike.ts";
import { addressFrom, isAddressLike } from "../ike-output.ts";
import type { Draft } from "./draft.ts";

const STATE = /^(?:MM|AG|QM|OM|CONF|GDOI|IKE)_[A-Za-z_]{2,14}$/i;
/** Phase 1 done; MM_KEY_AUTH and AG_AUTH are passed at once and CONF_… still waits for the client. */
const UP = new Set(["QM_IDLE", "GDOI_IDLE", "GDOI_REKEY"]);
const AFTER_STATE = /^(?:\d{1,10}|ACTIVE|STDBY|STANDBY|INACTIVE|\(\w{1,12}\))$/i;

export function isState(word: string): boolean {
  return STATE.test(word);
}

/** Whether the words begin a row: both addresses and the state, or one or two addresses (of IPv6) alone. */
export function startsRow(words: readonly string[]): boolean {
  const at = words.findIndex(isState);
  if (at === -1) return words.length > 0 && words.length <= 2 && words.every((word) => canonicalAddress(word));
  return at >= 2 && at <= 4 && isAddressLike(words[at - 1] ?? "") && isAddressLike(words[at - 2] ?? "");
}

/** Whether the words can follow those of the row, on the next line. */
export function continuesRow(draft: Draft, words: readonly string[]): boolean {
  if (words.length === 0 || draft.words.length > 8) return false;
  const sofar = draft.words.map((word) => word.text);
  if (sofar.some(isState)) return words.length <= 4 && words.every((word) => AFTER_STATE.test(word));
  const all = [...sofar, ...words];
  return words.some(isState) ? all.findIndex(isState) === 2 && startsRow(all) : all.length === 2 && startsRow(all);
}

/** The SA of a row, or undefined if the row never got as far as a state. */
export function readRow(draft: Draft): IkeSa | undefined {
  const words = draft.words.map((word) => word.text);
  const at = words.findIndex(isState);
  const [destination = "", source = ""] = words.slice(at - 2, at);
  if (at < 2) return undefined;
  const state = (words[at] ?? "").toUpperCase().replace(/^OM_/, "QM_");
  const numbers: number[] = [];
  let next = at + 1;
  while (/^\d{1,10}$/.test(words[next] ?? "")) numbers.push(Number(words[next++]));
  const status = readStatus(words.slice(next));
  const line = draft.lines[0]?.number ?? 0;
  const stateLine = draft.words[at]?.line ?? line;
  return {
    version: 1,
    line,
    initiator: addressFrom(source),
    responder: addressFrom(destination),
    state,
    standing: status?.includes("deleted") ? "deleted" : UP.has(state) ? "up" : "negotiating",
    status,
    connectionId: numbers[0],
    vrf: at === 3 ? insideVrf(words[0] ?? "") : undefined,
    at: stateLine === line ? undefined : { state: stateLine },
  };
}

/** "ACTIVE", with a remark in brackets if one follows; what people write behind it is not part of it. */
export function readStatus(words: readonly string[]): string | undefined {
  const [status = "", remark = ""] = words;
  if (/^\(deleted\)$/i.test(status)) return status.toLowerCase();
  if (!/^[A-Za-z]{3,12}(?:\(deleted\))?$/.test(status)) return undefined;
  return /^\(\w{1,12}\)$/.test(remark) ? `${status.toUpperCase()} ${remark.toLowerCase()}` : status.replace("(", " (");
}

/** "front/inside" of releases that print both; "/RED" has the global VRF in front. */
function insideVrf(word: string): string | undefined {
  const vrf = word.slice(word.indexOf("/") + 1);
  return vrf === "" || vrf === "(none)" ? undefined : vrf;
}

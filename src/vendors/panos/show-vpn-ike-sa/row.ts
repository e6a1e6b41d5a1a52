/** A row of an IKE SA, of either version. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Line } from "../../../domain/output.ts";
import type { IkeSa } from "../../../domain/readings/ike.ts";
import { ikeAlgorithms } from "../algorithms.ts";

/** Gateway, peer, name, role: what both versions begin with. */
const BEGIN =
  /^\s{0,4}(?<id>\d{1,9})\s{1,20}(?<peer>[0-9a-fA-F.:]{3,45})\s{1,60}(?<gateway>[\w.-]{1,63})\s{1,60}(?<role>Init|Resp)\s{1,8}/;
const VERSION_1 = /^(?<mode>Main|Aggr)\s/;
const VERSION_2 = /^(?<serial>\d{1,9})\s/;
const ALGORITHMS = /(?<method>[A-Z]{2,6})\/ {0,2}(?<rest>[\w-]{1,16}(?:\/ {0,2}[\w-]{1,16}){1,3})/;
/** "Nov.27 07:12:00": an SA that is not established has none. */
const DATE = /[A-Z][a-z]{2}\.\d{1,2} \d\d:\d\d:\d\d/g;

export function readIkeRow({ number, text }: Line): { readonly gateway: string; readonly sa: IkeSa } | undefined {
  const begin = BEGIN.exec(text);
  const groups = begin?.groups;
  if (!begin || !groups) return undefined;
  const rest = text.slice(begin[0].length);
  const version = VERSION_1.test(rest) ? 1 : VERSION_2.test(rest) ? 2 : undefined;
  if (version === undefined) return undefined;
  const found = ALGORITHMS.exec(rest);
  const dates = rest.match(DATE)?.length ?? 0;
  const state = version === 2 ? lastWords(rest) : undefined;
  const isUp = dates >= 2 && (state === undefined || /^Established/i.test(state));
  const sa: IkeSa = {
    version,
    line: number,
    role: groups["role"] === "Init" ? "initiator" : "responder",
    remote: canonicalAddress(groups["peer"] ?? ""),
    state,
    standing: isUp ? "up" : "negotiating",
    // With IKEv1 algorithms stand there once they are agreed on; with IKEv2 keys are exchanged with them.
    progress: isUp ? undefined : !found ? "begun" : version === 2 ? "keyed" : "agreed",
    connectionId: Number(VERSION_2.exec(rest)?.groups?.["serial"] ?? groups["id"]),
    ...(found && ikeAlgorithms(found[0])),
    names: { connection: groups["gateway"] },
  };
  return { gateway: groups["gateway"] ?? "", sa };
}

/** What a row ends with that is no date, number or algorithm: the state. */
function lastWords(rest: string): string | undefined {
  const words = rest.trim().split(/\s+/);
  const found = words.slice(words.findLastIndex((word) => !/^[A-Za-z_-]+$/.test(word)) + 1).join(" ");
  return found === "" ? undefined : found;
}

/**
 * `/ip ipsec active-peers print [detail]`: IKE SAs with their peers. Which version of IKE it is, is not printed.
 * Source: MikroTik RouterOS documentation, IPsec, "Active Peers".
 */
import type { Command, Output, Parsed } from "../../domain/output.ts";
import type { IkeSa, NegotiationProgress } from "../../domain/readings/ike.ts";
import { type PrintedRecord, recordsOf } from "./records.ts";
import { addressIn } from "./values.ts";

const LEGEND = /^\s*Flags: R - responder(?:, N - natt-peer)?\s*$/i;
const HEADING = /^\s*# {1,12}ID {1,40}STATE {1,40}UPTIME/;
const RECORD =
  /^\s{0,6}\d{1,5}(?: [RN ]{1,4})? {1,10}(?:id="[^"]{0,250}" )?local-address=\S{1,60} (?:port=\d{1,5} )?remote-address=\S/;

export const activePeers: Command = {
  run: "ip ipsec active-peers print [detail] [OPTIONS1] [OPTIONS2]",
  alsoRun: [
    "/ip ipsec active-peers print [detail] [OPTIONS1] [OPTIONS2]",
    "/ip/ipsec/active-peers/print [detail] [OPTIONS1] [OPTIONS2]",
    "active-peers print [detail] [OPTIONS1] [OPTIONS2]",
    "/ip ipsec remote-peers print [detail]",
  ],
  looksLike: [LEGEND, HEADING, RECORD],
  mayStartWith: [/^\s*Columns: ID, STATE, UPTIME/],
  parse(output: Output): Parsed {
    const { records, unread } = recordsOf(output.lines);
    const sas = records.flatMap((record) => saOf(record) ?? []);
    const saysNothing = sas.length === 0 && (unread.length > 0 || output.isOpenEnded === true);
    if (saysNothing) return { values: [], unread };
    const restrictedTo = / where | ?from=/.test(output.typed ?? "") ? "a filter" : undefined;
    return { values: [{ kind: "ike-sas", sas, restrictedTo }], unread };
  },
};

function saOf({ line, flags, fields }: PrintedRecord): IkeSa | undefined {
  const of = (name: string) => fields.get(name)?.value;
  const remote = addressIn(of("remote-address"));
  const state = of("state");
  if (remote === undefined || state === undefined) return undefined;
  const side = of("side");
  const port = Number(of("port again") ?? portIn(of("remote-address")));
  const standing = standingOf(state);
  const id = of("id");
  return {
    line,
    role: side === "responder" || flags.includes("R") ? "responder" : "initiator",
    local: addressIn(of("local-address")),
    remote,
    remotePort: Number.isNaN(port) || port === 0 ? undefined : port,
    state,
    standing,
    progress: standing === "negotiating" ? progressOf(state) : undefined,
    remoteId: id === "" ? undefined : id,
    natTraversal: flags.includes("N") || of("natt-peer") === "yes" || port === 4500 ? true : undefined,
    at: Object.fromEntries([...fields].map(([name, field]) => [name, field.line])),
  };
}

function portIn(text: string | undefined): number {
  return Number(/[\d\]]:(\d{1,5})$/.exec(text ?? "")?.[1] ?? Number.NaN);
}

function standingOf(state: string): IkeSa["standing"] {
  if (state === "established") return "up";
  return /^(?:dying|expired|killed|deleted)/.test(state) ? "deleted" : "negotiating";
}

/** "message-1-sent", "message-3-sent", "msg5-sent": what was sent last; an answer to the one before has come. */
function progressOf(state: string): NegotiationProgress {
  const number = Number(/^(?:message-|msg ?)(\d)/.exec(state)?.[1] ?? 1);
  return number >= 5 ? "keyed" : number >= 3 ? "agreed" : "begun";
}

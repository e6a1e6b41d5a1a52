/** `show security ike security-associations`, as a table and in detail, of kmd and of iked. */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IkeSa } from "../../domain/readings/ike.ts";
import { authMethod, encryptionName, groupNumber, integrityName } from "./algorithms.ts";
import { isMark } from "./marks.ts";

const TABLE_HEAD = /^\s*Index\s{1,12}State\s{1,8}Initiator cookie\s{1,12}Responder cookie\s{1,12}Mode/;
const ROW =
  /^\s*(?<index>\d{1,10})\s{1,12}(?<state>UP|DOWN|[A-Z-]{2,12})\s{1,12}(?<initiator>[0-9a-f]{16})\s{1,12}(?<responder>[0-9a-f]{16})\s{1,12}(?<mode>Main|Aggressive|IKEv2|Quick|Any|None)\s{1,20}(?<peer>[0-9a-fA-F.:]{2,45})/;
const DETAIL_HEAD =
  /^\s*IKE peer (?<peer>[0-9a-fA-F.:]{2,45}), Index (?<index>\d{1,10})(?:, Gateway Name: (?<gateway>\S{1,80}))?/;
const ASKED = /security-associations (?:detail )?(?<peer>[0-9a-fA-F]{1,4}[.:][0-9a-fA-F.:]{1,45})/;
const NARROWED = / (?:index|family|kmd-instance|sa-type) (?<what>\S{1,40})/;

type Draft = { -readonly [K in keyof IkeSa]: IkeSa[K] } & { at: Record<string, number> };

export const showIkeSas: Command = {
  run: "show security ike security-associations [ADDRESS] [index NUMBER] [detail] [brief] [family NAME] [fpc NUMBER] [pic NUMBER]",
  alsoRun: ["show security ike sa [ADDRESS] [index NUMBER] [detail] [brief]"],
  looksLike: [TABLE_HEAD, DETAIL_HEAD, ROW],
  parse(output: Output): Parsed {
    const sas: IkeSa[] = [];
    const unread: Line[] = [];
    let open: Draft | undefined;
    let hasHead = false;
    for (const line of output.lines) {
      const { text, number } = line;
      if (isMark(text)) continue;
      const row = ROW.exec(text)?.groups;
      const head = DETAIL_HEAD.exec(text)?.groups;
      if (row) sas.push(saOfRow(row, number));
      else if (head) {
        if (open) sas.push(...finished(open));
        open = opened(head, number);
      } else if (TABLE_HEAD.test(text)) hasHead = true;
      else if (!open || !readField(open, text, number)) unread.push(line);
    }
    if (open) sas.push(...finished(open));
    const knowsNothing = sas.length === 0 && (unread.length > 0 || (output.isOpenEnded === true && !hasHead));
    if (knowsNothing || (sas.length === 0 && output.command.includes("|"))) return { values: [], unread };
    const peer = canonicalAddress(ASKED.exec(output.command)?.groups?.["peer"] ?? "");
    const narrowed = NARROWED.exec(output.command)?.[0]?.trim();
    const filter = output.command.includes("|") ? "a filter" : undefined;
    return { values: [{ kind: "ike-sas", sas, peer, restrictedTo: narrowed ?? filter }], unread };
  },
};

function saOfRow(row: Readonly<Record<string, string>>, line: number): IkeSa {
  const { state = "", mode, responder = "", initiator } = row;
  return {
    version: mode === "IKEv2" ? 2 : 1,
    line,
    remote: canonicalAddress(row["peer"] ?? ""),
    ...standingOf(state, responder),
    connectionId: Number(row["index"]),
    localSpi: initiator,
    remoteSpi: responder,
    at: { state: line },
  };
}

function standingOf(state: string, responder: string): Pick<IkeSa, "state" | "standing" | "progress"> {
  if (state === "UP") return { state, standing: "up" };
  // Without the peer's cookie nothing was heard of it; with one, it may have agreed or refused.
  return { state, standing: "negotiating", progress: /^0+$/.test(responder) ? "begun" : undefined };
}

function opened(head: Readonly<Record<string, string>>, line: number): Draft {
  return {
    version: 1,
    line,
    standing: "negotiating",
    remote: canonicalAddress(head["peer"] ?? ""),
    connectionId: Number(head["index"]),
    ...(head["gateway"] !== undefined && { names: { connection: head["gateway"] } }),
    at: { remote: line },
  };
}

const STATE = /^\s*Role: (?<role>Initiator|Responder), State: (?<state>[A-Z][A-Za-z-]{1,20})/;
const COOKIES = /^\s*Initiator cookie: (?<initiator>[0-9a-f]{16}), Responder cookie: (?<responder>[0-9a-f]{16})/;
const EXCHANGE = /^\s*Exchange type: (?<type>\S{2,20}), Authentication method: (?<method>[\w-]{2,40})/;
const ENDPOINTS =
  /^\s*Local: (?<local>[0-9a-fA-F.:]{2,45}?):(?<localPort>\d{1,5}), Remote: (?<remote>[0-9a-fA-F.:]{2,45}?):(?<remotePort>\d{1,5})$/;
const LIFETIME = /^\s*Lifetime: Expires in (?<seconds>\d{1,9}) seconds/;
const PEER_ID = /^\s*Peer ike-id: (?<id>\S.{0,250})$/;
const FRAGMENTS = /^\s*IKE Fragmentation: (?<state>Enabled|Disabled)/;
const ALGORITHM =
  /^\s*(?<what>Authentication|Encryption|Pseudo random function|Diffie-Hellman group)\s{0,12}: (?<name>\S.{0,60})$/;
const NOTHING = /^(?:\(null\)|unknown|not available|not-available|-)$/i;
const PASSED_OVER =
  /^\s*(?:Reauth Lifetime|Local gateway interface:|Routing instance:|Auto Discovery|Remote Access|AAA |Xauth |Algorithms:|Traffic statistics:|(?:Input|Output)\s{1,4}\w|IPSec security associations:|IPSec Tunnel IDs:|Phase 2 negotiations in progress:|Negotiation type:|Local identity:|Remote identity:|Flags:|Location:|Hybrid|Response |IKE-ID|Gateway Name:|Tunnel Type|Initial |Distribution|\d{1,10}\s*$)/i;

function readField(draft: Draft, text: string, line: number): boolean {
  const { at } = draft;
  const state = STATE.exec(text)?.groups;
  if (state) {
    draft.role = state["role"] === "Initiator" ? "initiator" : "responder";
    draft.state = state["state"];
    at["state"] = line;
    return true;
  }
  const cookies = COOKIES.exec(text)?.groups;
  if (cookies) {
    const isOurs = draft.role !== "responder";
    draft.localSpi = isOurs ? cookies["initiator"] : cookies["responder"];
    draft.remoteSpi = isOurs ? cookies["responder"] : cookies["initiator"];
    Object.assign(draft, standingOf(draft.state ?? "", cookies["responder"] ?? ""));
    return true;
  }
  const exchange = EXCHANGE.exec(text)?.groups;
  if (exchange) {
    draft.version = exchange["type"] === "IKEv2" ? 2 : 1;
    draft.auth = authMethod(exchange["method"] ?? "");
    return true;
  }
  const ends = ENDPOINTS.exec(text)?.groups;
  // The same two are printed again for each phase 2 negotiation.
  if (ends) {
    draft.local = canonicalAddress(ends["local"] ?? "");
    draft.localPort = Number(ends["localPort"]);
    draft.remotePort = Number(ends["remotePort"]);
    at["local"] ??= line;
    return true;
  }
  return readSetting(draft, text, line) || PASSED_OVER.test(text);
}

function readSetting(draft: Draft, text: string, line: number): boolean {
  const seconds = LIFETIME.exec(text)?.groups?.["seconds"];
  if (seconds !== undefined) draft.lifetimeSecondsLeft = Number(seconds);
  const id = PEER_ID.exec(text)?.groups?.["id"];
  if (id !== undefined && !NOTHING.test(id)) {
    draft.remoteId = id.trim();
    draft.at["remoteId"] = line;
  }
  const fragments = FRAGMENTS.exec(text)?.groups?.["state"];
  if (fragments !== undefined) draft.fragmentation = fragments === "Enabled";
  const { what, name = "" } = ALGORITHM.exec(text)?.groups ?? {};
  if (NOTHING.test(name)) return true;
  if (what === "Authentication") draft.integrity = integrityName(name);
  else if (what === "Encryption") {
    draft.encryption = encryptionName(name);
    draft.at["encryption"] = line;
  } else if (what === "Pseudo random function") draft.prf = integrityName(name);
  else if (what !== undefined) draft.dhGroup = groupNumber(name);
  return [seconds, id, fragments, what].some((found) => found !== undefined);
}

/** Nothing is known of an SA whose state was cut off. */
function finished(draft: Draft): IkeSa[] {
  const { role, local, remote, state, localPort } = draft;
  if (state === undefined) return [];
  // With IKEv2 what follows the agreed proposals is the message that authenticates.
  if (state !== "UP" && draft.version === 2 && draft.dhGroup !== undefined && draft.encryption !== undefined)
    draft.progress = "keyed";
  return [
    {
      ...draft,
      initiator: role === "responder" ? remote : role && local,
      responder: role === "responder" ? local : role && remote,
      standing: state === "UP" ? "up" : "negotiating",
      natTraversal: localPort === undefined ? undefined : localPort === 4500,
    },
  ];
}

/** VyOS's `show vpn ike sa`: a heading for each peer, and a table of its IKE SAs. Source: VyOS documentation, "Site-to-Site". */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../../domain/output.ts";
import type { IkeSa } from "../../../domain/readings/ike.ts";
import { type Algorithm, printedAlgorithm } from "../algorithms.ts";

const HEADING = /^Peer ID \/ IP {2,60}Local ID \/ IP\s*$/;
const ENDS =
  /^(?<peerId>\S{1,120}) (?<peer>[0-9a-fA-F.:]{2,45}) {2,60}(?<localId>\S{1,120}) (?<local>[0-9a-fA-F.:]{2,45})\s*$/;
const COLUMNS = /^\s{2,8}State {1,8}IKEVer {1,8}Encrypt {1,12}Hash {1,20}D-H Group/;
const RULER = /^[\s-]*$/;
const ROW =
  /^\s{2,8}(?<state>up|down|init) {1,12}(?<version>IKEv[12]|n\/a) {1,12}(?<cipher>\S{1,40}) {1,20}(?<hash>\S{1,40}) {1,20}(?<group>\S{1,30}) {1,20}(?<nat>yes|no|n\/a) {1,12}(?<age>\S{1,12}) {1,12}(?<life>\S{1,12})\s*$/;

export const vyosIkeSa: Command = {
  run: "show vpn ike sa [verbose] [peer NAME]",
  looksLike: [HEADING, COLUMNS],
  parse(output: Output): Parsed {
    const sas: IkeSa[] = [];
    const unread: Line[] = [];
    let ends: Readonly<Record<string, string>> | undefined;
    for (const line of output.lines) {
      const { text } = line;
      const found = ENDS.exec(text)?.groups;
      const row = ROW.exec(text)?.groups;
      if (found) ends = found;
      else if (row && ends) sas.push(saOf(row, ends, line.number));
      else if (![HEADING, COLUMNS, RULER].some((pattern) => pattern.test(text))) unread.push(line);
    }
    const saysNothing = sas.length === 0 && (unread.length > 0 || output.isOpenEnded === true);
    if (saysNothing) return { values: [], unread };
    const peer = / peer (?<peer>\S{1,60})/.exec(output.command)?.groups?.["peer"];
    return {
      values: [{ kind: "ike-sas", sas, restrictedTo: peer === undefined ? undefined : `peer ${peer}` }],
      unread,
    };
  },
};

/** A row that is down has no SA: its other cells are "n/a". */
function saOf(row: Readonly<Record<string, string>>, ends: Readonly<Record<string, string>>, line: number): IkeSa {
  const { state = "", version, cipher = "", hash = "", group = "", nat } = row;
  const isUp = state === "up";
  const dhGroup = printedAlgorithm(group);
  return {
    line,
    local: canonicalAddress(ends["local"] ?? ""),
    remote: canonicalAddress(ends["peer"] ?? ""),
    state,
    standing: isUp ? "up" : "negotiating",
    progress: isUp ? undefined : "begun",
    ...(version !== "n/a" && { version: version === "IKEv1" ? 1 : 2 }),
    encryption: nameOf(printedAlgorithm(cipher)),
    integrity: nameOf(printedAlgorithm(hash)),
    ...(dhGroup.is === "group" && { dhGroup: dhGroup.number }),
    natTraversal: nat === "yes" ? true : nat === "no" ? false : undefined,
    remoteId: ends["peerId"] === "n/a" ? undefined : ends["peerId"],
    localId: ends["localId"] === "n/a" ? undefined : ends["localId"],
    at: {},
  };
}

function nameOf(algorithm: Algorithm): string | undefined {
  return "name" in algorithm ? algorithm.name : undefined;
}

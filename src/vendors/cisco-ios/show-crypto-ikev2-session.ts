/**
 * `show crypto ikev2 session [detailed]`: IKEv2 SAs with their child SAs.
 * Sources: genieparser's test data, both forms of the selectors. It has no packet counters.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IkeSas } from "../../domain/readings/ike.ts";
import type { CryptoSession, CryptoSessions } from "../../domain/readings/session.ts";
import { argumentOf, isFiller, restrictionOf } from "./ike-output.ts";
import { finishSa, readSaLine, startSa } from "./show-crypto-ikev2-sa/sa.ts";
import { IKEV2_COLUMNS, IKEV2_ROW } from "./show-crypto-ikev2-sa.ts";
import { type ChildDraft, childFlows, readChildLine, startChild } from "./show-crypto-ikev2-session/child.ts";
import { SESSION, type SessionDraft, startSession, toSession } from "./show-crypto-ikev2-session/session.ts";

const FAMILY = /^\s*IPv[46] Crypto IKEv2 {1,4}Session\b/;
const FIRST_FAMILY = /^\s*IPv4 Crypto IKEv2 {1,4}Session\b/;
/** With the counts and without a role: the ASA's look alike, but come under another heading. */
const CHILD_COLUMNS = /^\s*local selector {1,20}-> {1,20}remote selector\s*$/;

export const showCryptoIkev2Session: Command = {
  run: "show crypto ikev2 session [detailed] [remote ADDRESS] [local ADDRESS]",
  alsoRun: ["show crypto ikev2 session detail"],
  // Its SAs are printed as those of `show crypto ikev2 sa`, which come first where no heading tells.
  looksLike: [FAMILY, CHILD_COLUMNS, IKEV2_COLUMNS, IKEV2_ROW],
  mayStartWith: [SESSION],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const drafts: SessionDraft[][] = [[]];
    let child: ChildDraft | undefined;
    let hasFirstFamily = false;
    for (const line of output.lines) {
      const { text } = line;
      if (isFiller(text) || IKEV2_COLUMNS.test(text) || CHILD_COLUMNS.test(text)) continue;
      if (FIRST_FAMILY.test(text) && hasFirstFamily) drafts.push([]);
      hasFirstFamily ||= FIRST_FAMILY.test(text);
      if (FAMILY.test(text)) continue;
      const table = drafts.at(-1) ?? [];
      const session = startSession(line);
      const sa = startSa(line);
      const begun = startChild(line);
      if (session) table.push(session);
      else if (sa) (table.at(-1) ?? add(table, line)).sas.push(sa);
      else if (begun) (table.at(-1) ?? add(table, line)).children.push(begun);
      else if (!readOn(table.at(-1), child, line)) unread.push(line);
      if (session || sa) child = undefined;
      else if (begun) child = begun;
    }
    const values = drafts.flatMap((table) => toValues(output.command, table));
    return { values, unread };
  },
};

function add(table: SessionDraft[], line: Line): SessionDraft {
  const session: SessionDraft = { line: line.number, sas: [], children: [] };
  table.push(session);
  return session;
}

function readOn(session: SessionDraft | undefined, child: ChildDraft | undefined, line: Line): boolean {
  if (child && readChildLine(child, line)) return true;
  const sa = session?.sas.at(-1);
  return sa !== undefined && readSaLine(sa, line);
}

function toValues(command: string, drafts: readonly SessionDraft[]): [CryptoSessions, IkeSas] {
  const asked = argumentOf(command, "remote");
  const peer = asked === undefined ? undefined : (canonicalAddress(asked) ?? asked);
  const restrictedTo = restrictionOf(command, ["local A"]);
  const sas = drafts.flatMap((draft) => draft.sas.map(finishSa));
  const sessions = drafts.flatMap((draft): CryptoSession[] => {
    const session = toSession(draft, childFlows(draft.children));
    return session ? [session] : [];
  });
  return [
    { kind: "crypto-sessions", sessions, peer, restrictedTo, detail: false },
    { kind: "ike-sas", version: 2, sas, peer, restrictedTo },
  ];
}

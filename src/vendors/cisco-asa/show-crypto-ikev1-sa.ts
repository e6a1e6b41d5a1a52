/**
 * `show crypto ikev1 sa [detail]`, on older releases `show crypto isakmp sa`: one block an SA, or the old table. The number
 * in a state is the message that this end waits for: even ones are the initiator's, odd ones the responder's.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IkeSa, NegotiationProgress } from "../../domain/readings/ike.ts";
import { isFiller, restrictionOf } from "../cisco-ios/ike-output.ts";
import { asaAuth, asaEncryption, asaIntegrity, valuesIn } from "./asa-words.ts";

const NONE = /^\s*There are no (?:isakmp|IKEv1) SAs/i;
const HEAD = /^\s*\d{1,6}\s{1,6}IKE Peer: (?<peer>\S{1,253})/;
const COUNT = /^\s*(?:IKEv1 SAs:|(?:Active|Standby|Rekey) SA: \d|Total IKE SA: \d|\(A tunnel will report)/;
const LABELS =
  /(?:^|\s)(?<label>Type|Role|Rekey|State|Encrypt|Hash|Auth|Lifetime Remaining|Lifetime)\s{0,12}:(?=\s|$)/g;
const BLOCK = /^\s*(?:Type|Rekey|Encrypt|Auth|Lifetime Remaining)\s{0,12}: ?\S/;
const OLD_HEAD = /^\s*(?:#\s{1,4})?IKE Peer\s{1,20}Type\s{1,8}Dir\s{1,8}Rky\s{1,8}State/;
const OLD_ROW =
  /^\s*\d{1,6}\s{1,6}(?<peer>[0-9a-fA-F.:]{2,45})\s{1,12}(?<type>L2L|User)\s{1,8}(?<role>Init|Resp)\s{1,8}(?:Yes|No)\s{1,8}(?<state>[A-Za-z0-9_]{4,24})\s{1,12}(?<encryption>\S{1,16})\s{1,12}(?<hash>\S{1,12})\s{1,12}(?<auth>\S{1,16})(?:\s{1,12}(?<lifetime>\d{1,10}))?/i;
/** The block that `show crypto isakmp sa` adds about IKEv2. */
const OTHER_VERSION = /^\s*(?:There are no IKEv2 SAs|IKEv2 SAs:)/;

export const showCryptoIkev1Sa: Command = {
  run: "show crypto ikev1 sa [detail]",
  alsoRun: ["show crypto isakmp sa [detail]"],
  looksLike: [
    NONE,
    HEAD,
    OLD_HEAD,
    OLD_ROW,
    /^\s*IKEv1 SAs:/,
    /^\s*Type {4}: (?:L2L|user) /i,
    /^\s*Rekey {3}: (?:no|yes) /i,
  ],
  mayStartWith: [/^\s*(?:Active SA|Rekey SA|Total IKE SA): \d/],
  parse(output: Output): Parsed {
    const sas: Draft[] = [];
    const unread: Line[] = [];
    let isNone = false;
    let isDetail = false;
    for (const line of output.lines) {
      if (isFiller(line.text) || COUNT.test(line.text) || OLD_HEAD.test(line.text)) continue;
      if (NONE.test(line.text)) isNone = true;
      else if (OTHER_VERSION.test(line.text)) continue;
      else {
        const open = sas.at(-1);
        const row = oldRow(line) ?? opened(line);
        if (row) sas.push(row);
        else if (open && BLOCK.test(line.text)) take(open, line.text, line.number);
        else unread.push(line);
        if (/^\s*Encrypt\s/.test(line.text)) isDetail = true;
      }
    }
    // A table that ends in its counts was cut.
    if (sas.length === 0 && !isNone) return { values: [], unread };
    const restrictedTo = restrictionOf(output.command, []);
    const command = isDetail && !output.command.includes("detail") ? `${output.command} detail` : undefined;
    return { values: [{ kind: "ike-sas", version: 1, sas: sas.map(finished), restrictedTo }], unread, command };
  },
};

type Draft = { -readonly [K in keyof IkeSa]: IkeSa[K] };

function opened({ text, number }: Line): Draft | undefined {
  const peer = HEAD.exec(text)?.groups?.["peer"];
  if (peer === undefined) return undefined;
  return { version: 1, line: number, remote: canonicalAddress(peer), standing: "negotiating" };
}

function take(sa: Draft, text: string, line: number): void {
  for (const [label, value] of valuesIn(text, LABELS)) {
    const [word = ""] = value.split(/\s/);
    if (word === "") continue;
    switch (label) {
      case "Role":
        if (word === "initiator" || word === "responder") sa.role = word;
        break;
      case "State":
        sa.state = word;
        sa.at = { ...sa.at, state: line };
        break;
      case "Encrypt":
        sa.encryption = asaEncryption(word);
        break;
      case "Hash":
        sa.integrity = asaIntegrity(word);
        break;
      case "Auth":
        sa.auth = asaAuth(word);
        break;
      case "Lifetime Remaining":
        if (/^\d{1,10}$/.test(word)) sa.lifetimeSecondsLeft = Number(word);
        break;
    }
  }
}

function oldRow({ text, number }: Line): Draft | undefined {
  const groups = OLD_ROW.exec(text)?.groups;
  if (groups === undefined) return undefined;
  return {
    version: 1,
    line: number,
    remote: canonicalAddress(groups["peer"] ?? ""),
    role: /^init/i.test(groups["role"] ?? "") ? "initiator" : "responder",
    state: groups["state"]?.toUpperCase(),
    standing: "negotiating",
    encryption: asaEncryption(groups["encryption"] ?? ""),
    integrity: asaIntegrity(groups["hash"] ?? ""),
    auth: asaAuth(groups["auth"] ?? ""),
  };
}

/** Catalogue 1.3: what each state says of how far it came. */
const PROGRESS: Readonly<Record<string, NegotiationProgress>> = {
  MM_START: "begun",
  MM_BLD_MSG1: "begun",
  MM_SND_MSG1: "begun",
  MM_WAIT_MSG2: "begun",
  MM_WAIT_MSG3: "agreed",
  MM_WAIT_MSG4: "agreed",
  MM_WAIT_MSG5: "keyed",
  MM_WAIT_MSG6: "keyed",
  AM_WAIT_MSG2: "begun",
  AM_WAIT_MSG3: "keyed",
};

function finished(sa: Draft): IkeSa {
  const { state = "" } = sa;
  // Where the role was cut off, the number tells it.
  const number = /_WAIT_MSG(\d)$/.exec(state)?.[1];
  const role = sa.role ?? (number === undefined ? undefined : Number(number) % 2 === 0 ? "initiator" : "responder");
  return {
    ...sa,
    ...(role && { role }),
    standing: standingOf(state),
    ...(PROGRESS[state] && { progress: PROGRESS[state] }),
  };
}

function standingOf(state: string): IkeSa["standing"] {
  if (/^(?:MM|AM)_(?:ACTIVE|REKEY)/.test(state)) return "up";
  return /DELETE|_FREE$/.test(state) ? "deleted" : "negotiating";
}

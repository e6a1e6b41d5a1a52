/**
 * `swanctl --list-sas`: IKE SAs with their CHILD_SAs and counters. Made for a hub's 10,000 of them.
 * Source: strongSwan, src/swanctl/commands/list_sas.c, and what 5.9.8 prints.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IkeSa } from "../../domain/readings/ike.ts";
import type { IpsecFlow } from "../../domain/readings/ipsec.ts";
import { type ChildDraft, finishChild, openChild, readChildLine } from "./list-sas/child-sa.ts";
import { finishIkeSa, type IkeDraft, openIkeSa, readIkeLine } from "./list-sas/ike-sa.ts";
import { PrintedAlgorithms } from "./proposals.ts";

const IKE_SA = /^\S{1,120}: #(\d{1,10}), ([A-Z]{6,12}), IKEv([12]), [0-9a-f]{16}_i(\*?) ([0-9a-f]{16})_r\*?/;
const CHILD_SA =
  /^ {2}\S{1,120}: #(\d{1,10}), (?:reqid \d{1,10}, )?([A-Z]{6,12}), ([A-Z_]{4,20})(-in-UDP)?(?:, (ESP|AH):(\S{1,200}))?/;
const FILTERED = / --(?:ike|child)(?:-id)?[ =](?<name>\S{1,120})| -[iIcC] (?<short>\S{1,120})/;
const NOTHING = /^\s*$/;

export const listSas: Command = {
  run: "swanctl --list-sas [--ike NAME] [--child NAME] [--noblock]",
  alsoRun: ["swanctl -l [-i NAME] [-c NAME]"],
  looksLike: [IKE_SA, CHILD_SA],
  continues: isOwnLine,
  parse,
};

function parse(output: Output): Parsed {
  const sas: IkeSa[] = [];
  const flows: IpsecFlow[] = [];
  const unread: Line[] = [];
  const printed = new PrintedAlgorithms();
  let ike: IkeDraft | undefined;
  let child: ChildDraft | undefined;
  const closeChild = () => {
    if (child && ike) flows.push(...finishChild(child, ike, printed));
    child = undefined;
  };
  const closeIke = () => {
    closeChild();
    if (ike) sas.push(finishIkeSa(ike));
    ike = undefined;
  };
  for (const { number, text } of output.lines) {
    const isIndented = text.charCodeAt(0) === 32;
    const ikeSa = isIndented ? null : IKE_SA.exec(text);
    if (ikeSa) {
      closeIke();
      ike = openIkeSa(ikeSa, number);
      continue;
    }
    const childSa = ike && isIndented && mayBeChildSa(text) ? CHILD_SA.exec(text) : null;
    if (childSa) {
      closeChild();
      child = openChild(childSa, number);
      if (ike && child.inUdp) ike.inUdp = true;
      continue;
    }
    const isRead = child
      ? readChildLine(child, text, number)
      : ike !== undefined && readIkeLine(ike, text, number, printed);
    if (!isRead && !NOTHING.test(text)) unread.push({ number, text });
  }
  closeIke();
  // An error, or a paste that ends in its command line, does not mean that there are no SAs.
  const knowsNothing =
    sas.length === 0 && (unread.length > 0 || output.isOpenEnded === true || output.command.includes("|"));
  if (knowsNothing) return { values: [], unread };
  const filter = FILTERED.exec(output.command)?.groups;
  const name = filter?.["name"] ?? filter?.["short"];
  const asked = name === undefined ? undefined : `name ${name}`;
  return {
    values: [
      { kind: "ike-sas", sas, restrictedTo: asked },
      { kind: "ipsec-sas", flows, asked, detail: false },
    ],
    unread,
  };
}

/** Two blanks and a name; what belongs to the child has four. */
function mayBeChildSa(text: string): boolean {
  return text.charCodeAt(2) !== 32 && text.includes(": #");
}

/** SAs of both kinds, and the lines below them: two blanks or more, and words that only this output has. */
function isOwnLine(text: string): boolean {
  if (text.charCodeAt(0) !== 32) return IKE_SA.test(text);
  if (text.charCodeAt(1) !== 32) return false;
  if (text.charCodeAt(2) === 32)
    return /^ {4}(?:in {1,2}[0-9a-f]|out [0-9a-f]|local {1,2}[0-9a-f]|remote [0-9a-f]|installed )/.test(text);
  return mayBeChildSa(text)
    ? CHILD_SA.test(text)
    : /^ {2}(?:local {1,2}'|remote '|established |[A-Z0-9_]{3,20}[-/])/.test(text);
}

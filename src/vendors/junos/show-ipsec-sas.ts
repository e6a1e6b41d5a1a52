/**
 * `show security ipsec security-associations` and `show security ipsec inactive-tunnels`, as tables and in detail. The
 * reason that a tunnel gives for being down is read like a line of the log.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { ReadingValue } from "../../domain/readings/index.ts";
import type { IpsecFlow } from "../../domain/readings/ipsec.ts";
import type { LogMessage } from "../../negotiations/message.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";
import { isMark } from "./marks.ts";
import { type DetailDraft, finishDetail, openDetail, readDetailLine } from "./show-ipsec-sas/detail.ts";
import { readInactiveRow } from "./show-ipsec-sas/inactive.ts";
import { readSaRow, type SaRow, TABLE_HEAD, tunnelsOf } from "./show-ipsec-sas/table.ts";

const TOTAL = /^\s*Total (?<what>active|inactive) tunnels(?: with establish immediately)?: ?(?<number>\d{1,7})/;
const INACTIVE_HEAD = /^\s*ID\s{1,12}Port\s{1,12}Nego#\s{1,12}Fail#/;
const BLOCK = /^\s*ID: (?<id>\d{1,10})(?:;| |,)\s{0,4}Virtual-system: /;
const ASKED =
  /(?:associations|tunnels) (?:detail )?(?:index|vpn-name|traffic-selector|family|sa-type|kmd-instance) \S{1,80}/;

export const showIpsecSas: Command = {
  run: "show security ipsec security-associations [index NUMBER] [vpn-name NAME] [traffic-selector TS] [detail] [brief] [family NAME] [fpc NUMBER] [pic NUMBER]",
  alsoRun: [
    "show security ipsec sa [index NUMBER] [vpn-name NAME] [detail] [brief]",
    "show security ipsec inactive-tunnels [index NUMBER] [vpn-name NAME] [detail] [brief] [family NAME]",
  ],
  looksLike: [TOTAL, TABLE_HEAD, INACTIVE_HEAD, BLOCK, /^\s*Local Gateway: \S{1,45}, Remote Gateway: /i],
  parse(output: Output, { signatures }: ParseTools): Parsed {
    const rows: SaRow[] = [];
    const flows: IpsecFlow[] = [];
    const reasons: LogMessage[] = [];
    const unread: Line[] = [];
    const isInactive = output.command.includes("inactive-tunnels");
    let listed: number | undefined;
    let open: DetailDraft | undefined;
    const close = () => {
      if (!open) return;
      flows.push(...finishDetail(open, isInactive));
      // Of a tunnel that is up again it is history.
      if (open.reason && open.sas.length === 0)
        reasons.push({ ...open.reason, peer: open.remote, local: open.local, version: open.version });
      open = undefined;
    };
    for (const line of output.lines) {
      const { text, number } = line;
      if (isMark(text)) continue;
      const total = TOTAL.exec(text)?.groups;
      const block = BLOCK.exec(text)?.groups;
      const row = readSaRow(text, number);
      const inactive = row ? undefined : readInactiveRow(text, number);
      if (total) listed = total["what"] === "active" ? Number(total["number"]) : listed;
      else if (block) {
        close();
        open = openDetail(block["id"] ?? "", text, number);
      } else if (row) rows.push(row);
      else if (inactive) {
        flows.push(inactive.flow);
        reasons.push(inactive.reason);
      } else if (!TABLE_HEAD.test(text) && !INACTIVE_HEAD.test(text) && !(open && readDetailLine(open, text, number)))
        unread.push(line);
    }
    close();
    flows.push(...tunnelsOf(rows));
    const values: ReadingValue[] = [];
    const isFiltered = output.command.includes("|");
    const saysNone = !isInactive && listed === 0 && !isFiltered;
    // An empty answer of the device's own words, or none at all where a prompt shows that it ended.
    const isEmpty = saysNone || (!isInactive && output.isOpenEnded !== true && unread.length === 0 && !isFiltered);
    if (flows.length > 0 || isEmpty) values.push({ kind: "ipsec-sas", flows, ...askedIn(output), detail: false });
    if (reasons.length > 0) values.push(readNegotiations(reasons, signatures, "syslog"));
    return { values, unread };
  },
};

function askedIn({ command }: Output): { peer?: string | undefined; asked?: string | undefined } {
  const asked = ASKED.exec(command)?.[0]?.replace(/^\S+ (?:detail )?/, "");
  const peer = canonicalAddress(/associations (\S{2,45})$/.exec(command)?.[1] ?? "");
  return { peer, asked };
}

/**
 * `show crypto session` in all its forms: plain, detail, brief; IKEv1 and IKEv2.
 * Sources: the article (scenario "IPsec SA up, no traffic"); test data of genieparser and ntc-templates. Not checked
 * against a device: `brief` with its status letters, `summary`, flows with ports.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { CryptoSession, CryptoSessions } from "../../domain/readings/session.ts";
import { argumentOf, hasWord, isFiller, restrictionOf, withDetail } from "./ike-output.ts";
import { type Blocks, finishBlocks, newBlocks, readBlockLine } from "./show-crypto-session/block.ts";
import {
  BRIEF_HEADING,
  BRIEF_LEGEND,
  BRIEF_VRF,
  briefVrf,
  isBriefHeading,
  readBriefRow,
} from "./show-crypto-session/brief.ts";

const TITLE = /^\s*Crypto session current status\s*$/i;
const CODES = /^\s*Code: C - IKE Configuration mode/i;
const LEGEND =
  /^\s*(?:Code: C - IKE|K - Keepalives|T - cTCP|X - IKE Extended|F - IKE Fragmentation|R - IKE Auto|U - IKE Dynamic|S - SIP VPN)/i;
const STATUS = /^\s*Session status: (?:UP|DOWN)\b/;
const PEER = /^\s*Peer: ?\S{2,50} port \d{1,5}(?: |$)/;
const IKE_SA = /^\s*IKE(?:v[12])? SA: ?local /;
const FLOW = /^\s*IPSEC FLOW: /;
const HEADING = /^\s*(?:Interface|Profile|Uptime|Username|Group|Assigned address|Description): /;
/** Only of `detail`. */
const DETAIL = /^\s*(?:Code: C - IKE|Capabilities:|(?:In|Out)bound: *#|Peer: .{1,80} fvrf: )/;
const SUMMARY = /^\s*(?:Group \S{1,64} has \d{1,6} connections?\b|User \(Logins\)|\S{1,64} \(\d{1,6}\)$)/;
const RESTRICTIONS = ["local A", "port N", "interface I", "fvrf V", "ivrf V", "username U", "group G", "profile P"];

export const showCryptoSession: Command = {
  run: "show crypto session [remote ADDRESS] [local ADDRESS] [port NUMBER] [interface NAME] [fvrf NAME] [ivrf NAME] [username NAME] [isakmp group NAME] [isakmp profile NAME] [groups] [group NAME] [active] [standby] [summary] [brief] [detail]",
  alsoRun: ["show crypto session interface TYPE NUMBER [detail]"],
  looksLike: [TITLE, CODES, STATUS, PEER, IKE_SA, FLOW, BRIEF_HEADING],
  mayStartWith: [HEADING, LEGEND, BRIEF_LEGEND, BRIEF_VRF],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const values: CryptoSessions[] = [];
    let table = newTable();
    for (const line of output.lines) {
      // Pasted twice without a prompt between: two answers, of two moments.
      if (TITLE.test(line.text) && hasContent(table)) {
        values.push(finishTable(table, output.command, unread));
        table = newTable();
      } else readLine(table, line, unread);
    }
    values.push(finishTable(table, output.command, unread));
    unread.sort((one, other) => one.number - other.number);
    const isDetail = values.some((value) => value.detail) && !hasWord(output.command, "detail");
    const command = isDetail ? withDetail(output.command) : undefined;
    // A summary counts logins by group and names no peer: it says nothing about sessions.
    const saysNothing = isSummary(output.command) && !values.some((value) => value.sessions.length > 0);
    return { values: saysNothing ? [] : values, unread, command };
  },
};

interface Table {
  readonly blocks: Blocks;
  readonly rows: CryptoSession[];
  isDetail: boolean;
  ivrf: string | undefined;
  briefHeading: string | undefined;
}

function newTable(): Table {
  return { blocks: newBlocks(), rows: [], isDetail: false, ivrf: undefined, briefHeading: undefined };
}

function hasContent(table: Table): boolean {
  return table.blocks.heading !== undefined || table.rows.length > 0;
}

function isSummary(command: string): boolean {
  return hasWord(command, "summary") || hasWord(command, "groups");
}

function readLine(table: Table, line: Line, unread: Line[]): void {
  const { text } = line;
  table.isDetail ||= DETAIL.test(text);
  if (isFiller(text) || TITLE.test(text) || LEGEND.test(text)) return;
  if (isBriefHeading(text)) {
    if (text.includes("Username")) table.briefHeading = text;
    return;
  }
  const vrf = briefVrf(text);
  if (vrf !== undefined) {
    table.ivrf = vrf;
    return;
  }
  if (readBlockLine(table.blocks, line)) return;
  const row = readBriefRow(line, table.ivrf, table.briefHeading);
  if (row) table.rows.push(row);
  else if (!SUMMARY.test(text)) unread.push(line);
}

function finishTable(table: Table, command: string, unread: Line[]): CryptoSessions {
  const blocks = finishBlocks(table.blocks);
  for (const line of blocks.unread) unread.push(line);
  return toValue(command, [...blocks.sessions, ...table.rows], table.isDetail);
}

function toValue(command: string, sessions: readonly CryptoSession[], isDetail: boolean): CryptoSessions {
  const asked = argumentOf(command, "remote");
  return {
    kind: "crypto-sessions",
    sessions,
    peer: asked === undefined ? undefined : (canonicalAddress(asked) ?? asked),
    restrictedTo: restrictionOf(command, [...RESTRICTIONS, "active", "standby"]),
    detail: isDetail || hasWord(command, "detail"),
  };
}

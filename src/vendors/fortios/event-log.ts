/**
 * The event log, as `execute log display` and syslog print it: `date=… time=… logid="0101037124" type="event"
 * subtype="vpn" … msg="IPsec phase 1 error" …`, oldest or newest first. What the lines mean stands in knowledge/signatures.
 * Source: FortiOS Log Message Reference, Event, VPN (37120 to 37142).
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { LogMessage } from "../../negotiations/message.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";
import { secondsOf } from "./debug/head.ts";
import { namesOf } from "./tunnel-names.ts";

const HEAD =
  /^(?:\d{1,6}: |<\d{1,3}>)?(?:[A-Z][a-z]{2} {1,2}\d{1,2} [\d:]{8} \S{1,63} )?(?:itime=\S{1,24} )?date=(?<date>\d{4}-\d\d-\d\d)[, ]{1,2}time=(?<clock>\d\d:\d\d:\d\d)[, ]{1,2}/;
const FIELD = /\b([a-z_]{2,20})=(?:"([^"]{0,300})"|([^\s",]{0,300}))/g;
/** What `execute log display` says of what it found. */
const ASIDE = /^(?:\d{1,9} logs (?:found|returned)\.|\d{1,3}(?:\.\d)?% of logs has been searched\.|execute log )/;

export const eventLog: Command = {
  run: "execute log display",
  looksLike: [
    /^(?:\d{1,6}: |<\d{1,3}>)?(?:[A-Z][a-z]{2} {1,2}\d{1,2} [\d:]{8} \S{1,63} )?(?:itime=\S{1,24} )?date=\d{4}-\d\d-\d\d[, ]{1,2}time=\d\d:\d\d:\d\d[, ]{1,2}(?:eventtime|tz|devname|logid|devid|vd)=/,
    /^\d{1,9} logs (?:found|returned)\.$/,
  ],
  parse(output: Output, tools: ParseTools): Parsed {
    const messages: LogMessage[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const head = HEAD.exec(line.text);
      if (head?.groups) {
        const message = messageOf(line, head[0].length, head.groups);
        if (message) messages.push(message);
      } else if (line.text.trim() !== "" && !ASIDE.test(line.text)) unread.push(line);
    }
    const times = messages.flatMap(({ seconds }) => seconds ?? []);
    if ((times[0] ?? 0) > (times.at(-1) ?? 0)) messages.reverse();
    if (messages.length === 0) return { values: [], unread };
    return { values: [readNegotiations(messages, tools.signatures, "syslog")], unread, command: "syslog" };
  },
};

/** What a message is known by, in this order. */
const TELLING = [
  "action",
  "status",
  "reason",
  "error_num",
  "peer_notif",
  "exch",
  "mode",
  "dir",
  "stage",
  "role",
  "result",
];

function messageOf(
  { text, number }: Line,
  from: number,
  stamp: Readonly<Record<string, string | undefined>>,
): LogMessage | undefined {
  const fields = new Map<string, string>();
  for (const [, name = "", quoted, bare] of text.slice(from).matchAll(FIELD))
    if (!fields.has(name)) fields.set(name, quoted ?? bare ?? "");
  if (fields.get("subtype") !== "vpn") return undefined;
  const said = TELLING.flatMap((name) => {
    const value = fields.get(name);
    return value === undefined || value === "" || value === "N/A" || value === "NOT-APPLICABLE"
      ? []
      : [`${name}=${value}`];
  });
  const spi = fields.get("spi");
  const [cookie] = (fields.get("cookies") ?? "").split("/");
  const isKnown = cookie !== undefined && /^[0-9a-f]{16}$/.test(cookie);
  return {
    line: number,
    text: `event: ${fields.get("msg") ?? fields.get("logdesc") ?? ""} ${said.join(" ")}${spi ? ` spi=${spi}` : ""}`,
    time: `${stamp["date"]} ${stamp["clock"]}`,
    seconds: secondsOf(stamp),
    ...(isKnown && { exchange: cookie }),
    peer: canonicalAddress(fields.get("remip") ?? ""),
    local: canonicalAddress(fields.get("locip") ?? ""),
    names: namesOf(named(fields.get("vpntunnel")), named(fields.get("phase2_name"))),
    ...versionOf(fields),
  };
}

function named(value: string | undefined): string {
  return value === undefined || value === "N/A" ? "" : value;
}

function versionOf(fields: ReadonlyMap<string, string>): { version?: 1 | 2 } {
  const said = fields.get("version");
  if (said !== undefined) return { version: said === "IKEv2" ? 2 : 1 };
  if (/^(?:SA_INIT|AUTH|CREATE_CHILD)$/.test(fields.get("exch") ?? "")) return { version: 2 };
  return /^(?:main|aggressive|quick)$/.test(fields.get("mode") ?? "") ? { version: 1 } : {};
}

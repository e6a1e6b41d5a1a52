/**
 * `ipsec statusall` and `ipsec status` of strongSwan (starter and stroke): connections, IKE SAs, CHILD_SAs and counters.
 * Source: strongSwan, src/libcharon/plugins/stroke/stroke_list.c, and what 5.9.8 prints.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { ReadingValue } from "../../domain/readings/index.ts";
import { Listing } from "./statusall/listing.ts";

const STATUS = /^Status of IKE charon daemon/;
const SAS = /^Security Associations \(\d{1,6} up, \d{1,6} connecting\):/;
const HEADS =
  /^(?:Listening IP addresses|Connections|Routed Connections|Shunted Connections|Virtual IP pools[^:]{0,80}|Bypassed Connections):$/;
const FACTS = /^ {2}(?:uptime|malloc|worker threads|loaded plugins|job queue|none|mallinfo)\b/;

export const statusall: Command = {
  run: "ipsec statusall [NAME]",
  alsoRun: ["ipsec status [NAME]", "strongswan statusall [NAME]", "strongswan status [NAME]"],
  looksLike: [
    STATUS,
    SAS,
    /^(?:Routed|Shunted) Connections:$/,
    /^\s{1,40}[\w.%@-]{1,100}(?:\[\d{1,9}\]|\{\d{1,9}\}): {1,3}(?:ESTABLISHED|CONNECTING|INSTALLED|ROUTED|REKEYED|REKEYING|DELETING|IKEv[12] SPIs|IKE proposal)/,
    /^\s{1,40}[\w.%@-]{1,100}: {1,3}(?:local|remote|child): {1,2}\S/,
  ],
  beginsWith: [STATUS],
  parse(output: Output): Parsed {
    const listing = new Listing();
    const unread: Line[] = [];
    let saysSas: number | undefined;
    let listsConnections = false;
    for (const line of output.lines) {
      const { text } = line;
      if (SAS.test(text)) {
        saysSas = line.number;
        listing.section(text);
      } else if (STATUS.test(text) || HEADS.test(text)) {
        listing.section(text);
        if (text.startsWith("Connections:")) listsConnections = true;
      } else if (text.trim() !== "" && !FACTS.test(text) && !listing.read(line)) unread.push(line);
    }
    const { connections, sas, flows } = listing.finish();
    const values: ReadingValue[] = [];
    const name = / (?:status|statusall) (\S{1,120})$/.exec(output.command)?.[1];
    const asked = name === undefined ? undefined : `name ${name}`;
    if (listsConnections)
      // Proposals are not printed, keys neither; what is listed is all there is, unless one was asked for.
      values.push({ kind: "connections", connections, complete: saysSas !== undefined && name === undefined });
    if (saysSas !== undefined || sas.length > 0) {
      const isCut =
        sas.length === 0 && output.isOpenEnded === true && !output.lines.some(({ text }) => /^ {2}none/.test(text));
      if (!isCut)
        values.push({ kind: "ike-sas", sas, restrictedTo: asked }, { kind: "ipsec-sas", flows, asked, detail: false });
    } else if (flows.length > 0) {
      // A piece of it, without the head: of the IKE SA it says nothing.
      values.push({ kind: "ipsec-sas", flows, asked, detail: false });
    }
    return { values, unread };
  },
};

import type { Ping } from "../../../src/domain/readings/path.ts";
import { type Facts, NOT_KEPT } from "../facts.ts";
import { type JsonObject, listOf, objectAt, rowsOf, textOf } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";

/** genie's `ping`, ntc-templates' rows and napalm's result: one ping each. */
export const ping: Mapping = {
  command: "ping",
  folders: /^ping(?:_|$)/,
  facts(facts, { shape, expected }, read) {
    const pings = readingsOf(read, "ping");
    if (shape === "textfsm") {
      const rows = rowsOf(objectAt(expected)["parsed_sample"]);
      facts.add("pings", rows.length, pings.length);
      for (const [index, row] of rows.entries()) compareRow(facts, `row.${index + 1}`, row, pings[index]);
      return;
    }
    facts.add("pings", 1, pings.length);
    const [own] = pings;
    if (shape.startsWith("napalm")) {
      const success = objectAt(expected, "success");
      const lost = own?.sent === undefined || own.received === undefined ? undefined : own.sent - own.received;
      facts.add("target", rowsOf(success["results"])[0]?.["ip_address"], own?.target);
      facts.add("probes_sent", success["probes_sent"], own?.sent);
      facts.add("packet_loss", success["packet_loss"], lost);
      facts.notKept += 4;
      return;
    }
    comparePing(facts, objectAt(expected, "ping"), own);
  },
};

function comparePing(facts: Facts, ping: JsonObject, own: Ping | undefined): void {
  const { statistics, result_per_line: marks, ...fields } = ping;
  facts.record("ping", fields, {
    address: own?.target,
    data_bytes: own?.bytes,
    source: own?.source,
    // The count of "Sending 5, …", which the rate's own count replaces in ours.
    repeat: NOT_KEPT,
    timeout_secs: NOT_KEPT,
    interface: NOT_KEPT,
  });
  if (marks !== undefined) facts.add("ping.marks", listOf(marks).map(textOf).join(""), own?.marks);
  facts.record("ping.statistics", objectAt(statistics), {
    send: own?.sent,
    received: own?.received,
    success_rate_percent: NOT_KEPT,
    round_trip: NOT_KEPT,
    multicast_replies: NOT_KEPT,
    errors: NOT_KEPT,
  });
}

function compareRow(facts: Facts, at: string, row: JsonObject, own: Ping | undefined): void {
  const { response_stream: marks, sent_type: type, ...fields } = row;
  facts.add(`${at}.marks`, listOf(marks).map(textOf).join(""), own?.marks);
  facts.add(`${at}.bytes`, /^(\d+)-byte/.exec(textOf(type))?.[1], own?.bytes);
  facts.record(at, fields, {
    destination: own?.target,
    source: own?.source,
    sent_qty: own?.sent,
    success_qty: own?.received,
    responders: NOT_KEPT,
    rtt_avg: NOT_KEPT,
    rtt_max: NOT_KEPT,
    rtt_min: NOT_KEPT,
    success_pct: NOT_KEPT,
    timeout: NOT_KEPT,
  });
}

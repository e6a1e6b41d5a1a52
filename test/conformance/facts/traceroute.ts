import type { PathTrace, TracedHop } from "../../../src/domain/readings/path.ts";
import type { Facts } from "../facts.ts";
import { type Json, type JsonObject, listOf, objectAt, objectsIn, rowsOf, textOf } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";

/** One answer, or a hop without any. `refusal` is the source's mark ("!H"). */
interface Answer {
  readonly hop: string;
  readonly address: string | undefined;
  readonly refusal: string | undefined;
}

/** genie: `hops.<n>.paths.<n>`; ntc-templates: one row an answer; napalm: `<n>.probes.<n>`. Times, labels, names are not kept. */
export const traceroute: Mapping = {
  command: "traceroute",
  folders: /^traceroute(?:_|$)/,
  facts(facts, { shape, expected }, read) {
    const traces = readingsOf(read, "path-trace");
    facts.add("traces", 1, traces.length);
    const [own] = traces;
    if (shape === "textfsm") {
      const rows = rowsOf(objectAt(expected)["parsed_sample"]);
      for (const row of rows) notKept(facts, row, ["hop_num", "ip_address"]);
      compare(
        facts,
        rows.map((row) => answerOf(textOf(row["hop_num"]), row["ip_address"], row["rtt_response"])),
        own,
      );
    } else if (shape.startsWith("napalm")) compare(facts, probesOf(facts, objectAt(expected, "success")), own);
    else
      for (const [target, trace] of objectsIn(objectAt(expected, "traceroute"))) {
        facts.add("target", target, own?.target);
        compare(facts, pathsOf(facts, objectAt(trace, "hops")), own);
      }
  },
};

function answerOf(hop: string, address: Json | undefined, probes: Json | undefined): Answer {
  const mark = listOf(probes)
    .map(textOf)
    .find((probe) => probe.startsWith("!"));
  return { hop, address: textOf(address) || undefined, refusal: mark };
}

function pathsOf(facts: Facts, hops: JsonObject): Answer[] {
  // Its objects are in no order.
  const inOrder = objectsIn(hops).sort(([one], [other]) => Number(one) - Number(other));
  return inOrder.flatMap(([hop, { paths = {} }]) =>
    objectsIn(paths).map(([, path]) => {
      notKept(facts, path, ["address"]);
      return answerOf(hop, path["address"], path["probe_msec"]);
    }),
  );
}

/** Probe after probe; one line is printed for those in a row that the same router answers. */
function probesOf(facts: Facts, hops: JsonObject): Answer[] {
  return objectsIn(hops).flatMap(([hop, { probes = {} }]) => {
    const answers = objectsIn(probes).map(([, probe]) => {
      notKept(facts, probe, ["ip_address"]);
      return answerOf(hop, probe["ip_address"], undefined);
    });
    return answers.filter(({ address }, index) => index === 0 || address !== answers[index - 1]?.address);
  });
}

function notKept(facts: Facts, from: JsonObject, kept: readonly string[]): void {
  for (const [key, value] of Object.entries(from)) if (!kept.includes(key)) facts.skip(value);
}

const REFUSALS: Readonly<Record<string, TracedHop["refusal"]>> = {
  "!H": "unreachable",
  "!N": "unreachable",
  "!U": "unreachable",
  "!A": "prohibited",
  "!X": "prohibited",
};

function compare(facts: Facts, answers: readonly Answer[], own: PathTrace | undefined): void {
  facts.add("answers", answers.length, own?.hops.length);
  for (const [index, { hop, address, refusal }] of answers.entries()) {
    const ours = own?.hops[index];
    const at = `answer.${index + 1}`;
    facts.add(`${at}.hop`, hop, ours?.hop);
    facts.add(`${at}.address`, address, ours?.address);
    facts.add(`${at}.refusal`, refusal && (REFUSALS[refusal] ?? refusal), ours?.refusal);
  }
}

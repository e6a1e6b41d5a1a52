import { readdirSync, readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import { debugText } from "../bench/debug-text.ts";
import { ipsecSaText } from "../bench/ipsec-sa-text.ts";
import { type CaseEventSchema, readCaseEvent } from "../src/case/event-schema.ts";
import type { CaseEvent } from "../src/case/events.ts";
import { ReadingValueSchema } from "../src/domain/readings/schema/index.ts";
import { readConversations } from "./scenarios.ts";
import { conversationTools, eventsOf } from "./scenarios-play.ts";

/** The same type without a difference of spelling: readonly everywhere, intersections as one object. */
type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : { readonly [Key in keyof T]: Plain<T[Key]> };

it("the schema and the type of an event say the same, in both directions", () => {
  expectTypeOf<Plain<z.output<typeof CaseEventSchema>>>().toEqualTypeOf<Plain<CaseEvent>>();
  // A field that only one of them has is a difference too.
  expectTypeOf<Plain<{ a: 1; b?: 2 | undefined }>>().not.toEqualTypeOf<Plain<{ a: 1 }>>();
});

const vendors = new URL("../src/vendors/", import.meta.url).pathname;
const samples = readdirSync(vendors, { recursive: true, encoding: "utf8" }).filter((file) =>
  /\/samples\/.*\.json$/.test(file),
);

it("finds the samples", () => {
  expect(samples.length).toBeGreaterThan(50);
});

it.each(samples)("the readings of %s come back unchanged", (file) => {
  const outputs = JSON.parse(readFileSync(`${vendors}/${file}`, "utf8")) as { values: unknown[] }[];
  for (const value of outputs.flatMap(({ values }) => values)) expect(ReadingValueSchema.parse(value)).toEqual(value);
});

it.each(readConversations())("the events of $file, $title, come back unchanged", (one) => {
  for (const event of eventsOf(one)) expect(readCaseEvent(kept(event))).toEqual(kept(event));
});

it("finds events in the conversations", () => {
  const types = new Set(readConversations().flatMap((one) => eventsOf(one).map(({ type }) => type)));
  expect(types.size).toBeGreaterThan(6);
});

describe("a damaged event", () => {
  const pasted = kept({
    type: "pasted",
    side: "local",
    paste: conversationTools().read(
      "paste 1",
      "HUB#sh cry isa sa\nIPv4 Crypto ISAKMP SA\ndst             src             state          conn-id status\n203.0.113.1     198.51.100.7    QM_IDLE           1003 ACTIVE\nHUB#\n",
    ),
  }) as Damaged;
  type Damaged = {
    type: string;
    side?: string;
    paste: {
      lines: { number: number; text: unknown }[];
      outputs: { firstLine: number; values: { kind: string; sas: Record<string, unknown>[] }[] }[];
    };
  };

  it.each<[string, (event: Damaged) => unknown, string]>([
    ["nothing at all", () => null, "the event: "],
    ["a text", () => "pasted", "the event: "],
    ["an unknown type", (event) => set(event, { type: "moved" }), "type: is none that we know"],
    ["an unknown end", (event) => set(event, { side: "middle" }), "side: is none that we know"],
    ["no paste", ({ type }) => ({ type }), "paste: "],
    [
      "a reading of an unknown kind",
      (event) => set(event.paste.outputs[0]?.values[0], { kind: "tea" }, event),
      "paste.outputs[0].values[0].kind: is none that we know",
    ],
    [
      "a row without its line",
      (event) => set(event.paste.outputs[0]?.values[0]?.sas[0], { line: undefined }, event),
      "paste.outputs[0].values[0].sas[0].line: ",
    ],
    [
      "a number in place of a text",
      (event) => set(event.paste.outputs[0]?.values[0]?.sas[0], { state: 7 }, event),
      "paste.outputs[0].values[0].sas[0].state: ",
    ],
    [
      "a line number of a text",
      (event) => set(event.paste.outputs[0]?.values[0]?.sas[0], { at: { state: "4" } }, event),
      "paste.outputs[0].values[0].sas[0].at.state: ",
    ],
    [
      "a text in place of line numbers",
      (event) => set(event.paste.outputs[0]?.values[0]?.sas[0], { at: "4" }, event),
      "paste.outputs[0].values[0].sas[0].at: is no list of lines",
    ],
    [
      "a number in place of lines",
      (event) => set(event.paste, { lines: 5 }, event),
      "paste.lines: is no list of lines",
    ],
    ["no lines", (event) => set(event.paste, { lines: undefined }, event), "paste.lines: is no list of lines"],
    ["a hole in its lines", (event) => set(event.paste.lines, { 1: null }, event), "paste.lines[1].number: "],
    ["lines out of order", (event) => set(event.paste.lines[1], { number: 1 }, event), "paste.lines[1].number: "],
    ["half a line", (event) => set(event.paste.lines[2], { text: undefined }, event), "paste.lines[2].text: "],
    [
      "an output that ends before it begins",
      (event) => set(event.paste.outputs[0], { firstLine: 99 }, event),
      "paste.outputs[0].lastLine: is before the first line",
    ],
  ])("with %s is refused, and the error names the place", (_, damage, place) => {
    const event = damage(structuredClone(pasted));
    expect(() => readCaseEvent(event)).toThrow(`a kept event is damaged: ${place}`);
  });

  it("repeats no value and no name that is not ours in its error", () => {
    const event = structuredClone(pasted);
    set(event.paste.outputs[0]?.values[0]?.sas[0], { standing: "K3y-of-Pune", at: { "K3y of Pune": "K3y-of-Pune" } });
    expect(() => readCaseEvent(event)).toThrow(/damaged/);
    expect(() => readCaseEvent(event)).not.toThrow(/K3y/);
  });

  it("names a few of a thousand faults", () => {
    const event = structuredClone(pasted);
    event.paste.lines = Array.from({ length: 1000 }, (_, index) => ({ number: index + 1, text: 5 }));
    expect(() => readCaseEvent(event)).toThrow(/and 997 more/);
    expect(() => readCaseEvent(event)).toThrow(/^.{1,400}$/);
  });

  it("with more in it than we know is taken without what we do not know", () => {
    const event = structuredClone(pasted);
    set(event, { heard: "today" });
    set(event.paste.outputs[0]?.values[0]?.sas[0], { colour: "red" });
    expect(readCaseEvent(event)).toEqual(pasted);
  });
});

it("takes less time for 10,000 tunnels and for a long debug than reading them took", () => {
  const tools = conversationTools();
  for (const text of [ipsecSaText(10_000), debugText(3_000_000)]) {
    const started = performance.now();
    const paste = tools.read("paste 1", text);
    const reading = performance.now() - started;
    const event = kept({ type: "pasted", paste });
    const began = performance.now();
    expect(readCaseEvent(event).type).toBe("pasted");
    const checking = performance.now() - began;
    expect(checking, `${Math.round(checking)} ms to check, ${Math.round(reading)} ms to read`).toBeLessThan(reading);
  }
}, 60_000);

/** As it comes back from where it was kept. */
function kept(event: CaseEvent): unknown {
  return JSON.parse(JSON.stringify(event));
}

/** Changes a part of an event; gives the whole (or the part, where it is the whole). */
function set(part: object | undefined, change: object, whole: unknown = part): unknown {
  if (part === undefined) throw new Error("the sample has changed: there is no such part");
  Object.assign(part, change);
  return whole;
}

/**
 * How long reading a large paste takes: rows as JSON on stdout. A program of its own, as one file, as the product ships:
 * the transpiler that runs the other benchmarks names every function again each time it is made, which costs a third.
 */
import { readSignatures } from "../src/knowledge/read.ts";
import { type ReadTools, readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { asaIpsecSaText } from "./asa-ipsec-sa-text.ts";
import { debugText } from "./debug-text.ts";
import { ipsecSaText } from "./ipsec-sa-text.ts";
import { medians, type Row, times } from "./measure.ts";
import { walk } from "./reference.ts";
import { DEBUG_BYTES, TUNNELS } from "./sizes.ts";
import { stagesOf } from "./stages.ts";
import { charonText, listSasText } from "./swan-text.ts";

const LOG_BYTES = 20_000_000;
const HUB_ROUNDS = 9;
const SWAN_ROUNDS = 5;
/** It takes a hundred rounds until the engine has compiled all that so short a text needs. */
const DEBUG_ROUNDS = 301;
const STAGES = ["clean", "redact", "split", "parse"];
const tools: ReadTools = { vendors: VENDORS, signatures: readSignatures(), tagger: createSecretTagger() };

const rows = [
  ...(await hubRows("show crypto ipsec sa detail", ipsecSaText(TUNNELS))),
  ...(await hubRows("show crypto ipsec sa of an ASA", asaIpsecSaText(TUNNELS))),
  ...(await swanRows()),
  ...(await debugRows()),
];
console.log(JSON.stringify(rows));

async function hubRows(what: string, text: string): Promise<Row[]> {
  checkHub(text);
  const took = await medians(
    [
      { name: "ours", run: () => readPaste("hub.txt", text, tools) },
      { name: "walk", run: () => walk(text) },
      ...stagesOf(text, tools),
    ],
    HUB_ROUNDS,
  );
  return rowsOf(`${what}, ${TUNNELS} tunnels, ${(text.length / 1e6).toFixed(0)} MB`, took, 8);
}

async function swanRows(): Promise<Row[]> {
  const inputs = [
    { what: `swanctl --list-sas, ${TUNNELS} SAs`, text: listSasText(TUNNELS), factor: 8 },
    { what: "charon's log", text: charonText(LOG_BYTES), factor: 15 },
  ];
  const rows: Row[] = [];
  for (const { what, text, factor } of inputs) {
    const { outputs } = readPaste("swan.txt", text, tools);
    if (outputs.length !== 1 || outputs.some(({ unread }) => unread.length > 0))
      throw new Error(`${what}: not all was read`);
    const took = await medians(
      [
        { name: "ours", run: () => readPaste("swan.txt", text, tools) },
        { name: "walk", run: () => walk(text) },
        ...stagesOf(text, tools),
      ],
      SWAN_ROUNDS,
    );
    rows.push(...rowsOf(`${what}, ${(text.length / 1e6).toFixed(0)} MB`, took, factor));
  }
  return rows;
}

/** The whole against the reference, and below it the stages. */
function rowsOf(what: string, took: ReadonlyMap<string, number>, factor: number): Row[] {
  const of = (name: string) => took.get(name) ?? Number.NaN;
  const reference = of("walk");
  return [
    { what, ours: of("ours"), reference, goal: times(factor, reference) },
    ...STAGES.map((name): Row => ({ what: `  of it: ${name}`, ours: of(name), reference })),
  ];
}

/** A fast reader that reads nothing is no use. */
function checkHub(text: string): void {
  const { outputs } = readPaste("hub.txt", text, tools);
  const flows = outputs.flatMap(({ values }) =>
    values.flatMap((value) => (value.kind === "ipsec-sas" ? value.flows : [])),
  );
  const sas = flows.reduce((sum, flow) => sum + flow.sas.length, 0);
  const unread = outputs.reduce((sum, output) => sum + output.unread.length, 0);
  if (flows.length !== TUNNELS || sas !== 2 * TUNNELS || unread > 0)
    throw new Error(`of ${TUNNELS} tunnels ${flows.length} were read with ${sas} SAs; ${unread} lines were not`);
}

async function debugRows(): Promise<Row[]> {
  const text = debugText(DEBUG_BYTES);
  const { outputs } = readPaste("debug.txt", text, tools);
  if (!outputs.some(({ values }) => values.some((value) => value.kind === "log"))) throw new Error("no log was read");
  const took = await medians(
    [
      { name: "ours", run: () => readPaste("debug.txt", text, tools) },
      { name: "walk", run: () => walk(text) },
      ...stagesOf(text, tools),
    ],
    DEBUG_ROUNDS,
  );
  return rowsOf(`debug crypto isakmp, ${(text.length / 1e3).toFixed(0)} KB`, took, 15);
}

/** Child SAs of an IKEv2 session: their selectors, which are ranges, and their SPIs. */
import { networkFromRange } from "../../../domain/network.ts";
import type { Line } from "../../../domain/output.ts";
import type { Selector } from "../../../domain/readings/ipsec.ts";
import type { SessionFlow } from "../../../domain/readings/session.ts";

interface Range {
  readonly line: number;
  /** "10.1.0.0/0 - 10.1.255.255/65535", as printed. */
  readonly text: string;
}
export interface ChildDraft {
  readonly line: number;
  readonly local: Range[];
  readonly remote: Range[];
  spiIn?: string | undefined;
  spiOut?: string | undefined;
  spiLine?: number | undefined;
}

const RANGE = "[0-9A-Fa-f.:]{2,45}\\/\\d{1,5} {0,3}- {0,3}[0-9A-Fa-f.:]{2,45}\\/\\d{1,5}";
const START = /^\s*Child sa:(?<rest>.{0,200})$/i;
const ONE = new RegExp(`(?<end>local|remote) selector {1,8}(?<range>${RANGE})`, "i");
const BOTH = new RegExp(`^\\s*(?<local>${RANGE})\\s{1,12}->\\s{1,12}(?<remote>${RANGE})\\s*$`);
const SPIS = /^\s*(?:ESP|AH) spi in\/out: ?(?<in>0x[0-9A-Fa-f]{1,8})\/(?<out>0x[0-9A-Fa-f]{1,8})/;
const ENDS = /^(?<from>[^/]{2,45})\/(?<first>\d{1,5}) {0,3}- {0,3}(?<to>[^/]{2,45})\/(?<last>\d{1,5})$/;
const ASIDE =
  /^\s*(?:AH spi in\/out|CPI in\/out|Encr: |ah_hmac: |comp: |Mode: |ESN: |spi in\/out|Fragment|, esp_hmac)/i;

export function startChild(line: Line): ChildDraft | undefined {
  const rest = START.exec(line.text)?.groups?.["rest"];
  if (rest === undefined) return undefined;
  const child: ChildDraft = { line: line.number, local: [], remote: [] };
  takeOne(child, line.number, rest);
  return child;
}

/** Reads a line under "Child sa:"; false if it is none. */
export function readChildLine(child: ChildDraft, { text, number }: Line): boolean {
  const both = BOTH.exec(text)?.groups;
  if (both) {
    child.local.push({ line: number, text: both["local"] ?? "" });
    child.remote.push({ line: number, text: both["remote"] ?? "" });
    return true;
  }
  const spis = SPIS.exec(text)?.groups;
  if (spis) {
    child.spiIn ??= spis["in"];
    child.spiOut ??= spis["out"];
    child.spiLine ??= number;
    return true;
  }
  return takeOne(child, number, text) || ASIDE.test(text);
}

/** Each pair of selectors as a flow; a child without any is one flow all the same. */
export function childFlows(children: readonly ChildDraft[]): SessionFlow[] {
  return children.flatMap((child): SessionFlow[] => {
    const activeSas = child.spiIn !== undefined && child.spiOut !== undefined ? 2 : 0;
    const common = { activeSas, origin: "ikev2", at: { activeSas: child.spiLine ?? child.line } };
    if (child.local.length === 0 || child.remote.length === 0) return [{ line: child.line, text: "", ...common }];
    return child.local.flatMap((local) =>
      child.remote.map((remote) => ({
        line: local.line,
        text: `${local.text} -> ${remote.text}`,
        local: selectorOf(local.text),
        remote: selectorOf(remote.text),
        ...common,
      })),
    );
  });
}

function takeOne(child: ChildDraft, line: number, text: string): boolean {
  const groups = ONE.exec(text)?.groups;
  if (!groups) return false;
  const range = { line, text: groups["range"] ?? "" };
  (groups["end"]?.toLowerCase() === "local" ? child.local : child.remote).push(range);
  return true;
}

/** Undefined where the range is no network: our selectors are networks. */
function selectorOf(text: string): Selector | undefined {
  const { from = "", to = "", first, last } = ENDS.exec(text)?.groups ?? {};
  const network = networkFromRange(from.trim(), to.trim());
  if (network === undefined) return undefined;
  return { network, protocol: 0, port: first === last ? Number(first) : 0 };
}

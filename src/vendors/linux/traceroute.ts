/**
 * `traceroute` and `tracepath`: how far packets come on their way, and how large they may be. IOS and ASA print the
 * hops in nearly the same way.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { PathTrace, TracedHop } from "../../domain/readings/path.ts";

const LINUX_HEAD =
  /^traceroute6? to \S{1,253} \((?<target>[0-9a-fA-F.:]{2,45})\)(?: from [0-9a-fA-F.:]{2,45})?, \d{1,3} hops max/;
const CISCO_HEAD = /^\s*Tracing the route to (?:\S{1,253} \()?(?<target>[0-9a-fA-F.:]{2,45})\)?\s*$/;
const HOP = /^\s{0,3}(?<hop>\d{1,3})[?:]{0,2} {1,6}(?<rest>\S.{0,250})$/;
const MORE = /^\s{3,60}(?<rest>(?:[\w.-]{1,253} \()?[0-9a-fA-F.:]{2,45}\)? .{0,250})$/;
/** As many probes a hop as were asked for. */
const NOBODY = /^[*\s]{1,250}$|^no reply\s*$/;
const ANSWERED = /(?:^|[\s(])(?<address>\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?:\)| |$)/;
/** A time, a mark, or the VRFs by their names and numbers. */
const TIMED = /\d ?m(?:s|sec)\b|\*|!|asymm|pmtu|\/\d{1,10}[,)]/;
const PMTU = /\bpmtu (?<bytes>\d{2,5})\b/;
const RESUME = /^\s*(?:Resume|Too many hops): pmtu (?<bytes>\d{2,5})/;
const LOCALHOST = /^\s{0,3}\d{1,3}\?: \[LOCALHOST\]/;
const ASIDE =
  /^\s*(?:Type escape sequence|VRF info: |traceroute: |tracepath: |connect: |\d{1,3} \[AS |\[AS \d|\^C|Trace complete|Unable to|send failed)/i;
/** The command line, where it was copied without its prompt. */
const TYPED_ALONE = /^\s{0,8}traceroute (?:vrf \S{1,32} )?[0-9a-fA-F.:]{2,45}(?: [\w .:-]{0,120})?$/;
const TYPED = /^(?:sudo )?(?:traceroute6?|tracepath6?|mtr)\s(?<rest>.{1,200})$/i;

export const traceroute: Command = {
  run: "traceroute [WORD1] [WORD2] [WORD3] [WORD4] [WORD5] [WORD6] [WORD7] [WORD8] [WORD9]",
  alsoRun: ["tracepath [WORD1] [WORD2] [WORD3] [WORD4] [WORD5]"],
  looksLike: [LINUX_HEAD, LOCALHOST, RESUME],
  parse: (output) => readTrace(output, LINUX_HEAD),
};

/** The same as IOS and ASA print it. */
export const ciscoTraceroute: Command = {
  run: "traceroute [WORD1] [WORD2] [WORD3] [WORD4] [WORD5] [WORD6] [WORD7] [WORD8] [WORD9] [WORD10] [WORD11] [WORD12] [WORD13] [WORD14] [WORD15]",
  looksLike: [CISCO_HEAD],
  mayStartWith: [/^\s*Type escape sequence to abort\.\s*$/, TYPED_ALONE],
  parse: (output) => readTrace(output, CISCO_HEAD),
};

function readTrace(output: Output, head: RegExp): Parsed {
  const hops: TracedHop[] = [];
  const unread: Line[] = [];
  let line: number | undefined;
  let target = targetTyped(output.typed);
  let mtu: Pick<PathTrace, "pathMtu" | "pathMtuLine"> = {};
  for (const { text, number } of output.lines) {
    const headed = head.exec(text)?.groups?.["target"];
    const bytes = (RESUME.exec(text) ?? PMTU.exec(text))?.groups?.["bytes"];
    const hop = HOP.exec(text)?.groups;
    const read = hop && !LOCALHOST.test(text) ? readHop(hop, number) : readMore(text, number, hops.at(-1));
    if (bytes !== undefined) mtu = { pathMtu: Number(bytes), pathMtuLine: number };
    if (headed !== undefined) {
      target = canonicalAddress(headed) ?? target;
      line ??= number;
    } else if (read) {
      hops.push(read);
      line ??= number;
    } else if (bytes === undefined && text.trim() !== "" && !isAside(text, hops)) unread.push({ text, number });
  }
  if (line === undefined || hops.length === 0) return { values: [], unread };
  return { values: [{ kind: "path-trace", line, ...(target !== undefined && { target }), hops, ...mtu }], unread };
}

function readHop(groups: Readonly<Record<string, string | undefined>>, line: number): TracedHop | undefined {
  const { hop = "", rest = "" } = groups;
  if (NOBODY.test(rest.trim())) return { line, hop: Number(hop) };
  const address = canonicalAddress(ANSWERED.exec(rest)?.groups?.["address"] ?? "");
  if (address === undefined || !TIMED.test(rest)) return undefined;
  const refusal = /!(?:X|A|10|13|9)\b/.test(rest) ? "prohibited" : /![HNU]\b/.test(rest) ? "unreachable" : undefined;
  return { line, hop: Number(hop), address, ...(refusal && { refusal }) };
}

/** Where several routers answer for one hop, IOS gives each a line of its own. */
function readMore(text: string, line: number, last: TracedHop | undefined): TracedHop | undefined {
  const rest = MORE.exec(text)?.groups?.["rest"];
  return last && rest !== undefined ? readHop({ hop: String(last.hop), rest }, line) : undefined;
}

function isAside(text: string, hops: readonly TracedHop[]): boolean {
  return ASIDE.test(text) || TYPED_ALONE.test(text) || (hops.length > 0 && NOBODY.test(text));
}

function targetTyped(typed: string | undefined): string | undefined {
  const words = (TYPED.exec(typed ?? "")?.groups?.["rest"] ?? "").split(/\s+/);
  for (const [index, word] of words.entries()) {
    const before = words[index - 1] ?? "";
    const address = /^(?:-[a-z]|source|-\S*[sig])$/i.test(before) ? undefined : canonicalAddress(word);
    if (address !== undefined) return address;
  }
  return undefined;
}

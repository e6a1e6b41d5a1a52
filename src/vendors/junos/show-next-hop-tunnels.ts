/** `show security ipsec next-hop-tunnels`: which tunnel of a multipoint st0 serves which next hop. Nothing weighs it yet. */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import { isMark } from "./marks.ts";

const HEAD = /^\s*Next-hop gateway\s{1,12}interface\s{1,12}IPSec VPN name/i;
const ROW = /^\s*[0-9a-fA-F.:]{2,45}\s{1,12}st0\.\d{1,6}\s/;

export const showNextHopTunnels: Command = {
  run: "show security ipsec next-hop-tunnels [interface-name NAME]",
  looksLike: [HEAD, ROW],
  parse(output: Output): Parsed {
    const unread: Line[] = output.lines.filter(({ text }) => !isMark(text) && !HEAD.test(text) && !ROW.test(text));
    return { values: [], unread };
  },
};

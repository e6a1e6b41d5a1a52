/**
 * `ipsec trafficstatus` (`ipsec whack --trafficstatus`): a line for each IPsec SA, with the bytes that it carried.
 * Source: what libreswan 4.10 prints.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IpsecFlow } from "../../domain/readings/ipsec.ts";
import { flowOf } from "./traffic.ts";

const ENTRY =
  /^(?:006 )?#\d{1,9}: "(?<name>[^"]{1,120})"(?:\[\d{1,9}\](?: (?<peer>[0-9a-fA-F.:]{2,45}))?)?,(?: username=[^,]{0,80},)? type=(?<type>ESP|AH|IPCOMP), {1,2}add_time=\d{1,12}(?<rest>.{0,400})$/;

export const trafficstatus: Command = {
  run: "ipsec trafficstatus",
  alsoRun: ["ipsec whack --trafficstatus"],
  looksLike: [
    /^(?:006 )?#\d{1,9}: "[^"]{1,120}"(?:\[\d{1,9}\](?: [0-9a-fA-F.:]{2,45})?)?,(?: username=[^,]{0,80},)? type=(?:ESP|AH|IPCOMP), /,
  ],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const flows: IpsecFlow[] = [];
    for (const line of output.lines) {
      const groups = ENTRY.exec(line.text)?.groups;
      if (groups) flows.push(readEntry(groups, line.number));
      else if (line.text.trim() !== "") unread.push(line);
    }
    if (flows.length === 0 && (output.isOpenEnded === true || unread.length > 0)) return { values: [], unread };
    return { values: [{ kind: "ipsec-sas", flows, detail: false }], unread };
  },
};

const COUNTED = { inBytes: /\binBytes=(\d{1,18})\b/, outBytes: /\boutBytes=(\d{1,18})\b/ };

function readEntry(
  { name, peer, type, rest = "" }: Readonly<Record<string, string | undefined>>,
  line: number,
): IpsecFlow {
  const bytes = (name: "inBytes" | "outBytes") => {
    const found = COUNTED[name].exec(rest)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  // The peer's identity is its address where nobody gave it another one.
  const id = /\bid='(?<id>[^']{1,250})'/.exec(rest)?.groups?.["id"];
  return flowOf({
    line,
    name,
    protocol: type === "AH" ? "ah" : "esp",
    peer: canonicalAddress(peer ?? id ?? ""),
    inBytes: bytes("inBytes"),
    outBytes: bytes("outBytes"),
  });
}

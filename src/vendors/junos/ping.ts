/** `ping` of Junos, which prints what BSD prints, or marks with `rapid`; options stand in the command. */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import { linuxPing } from "../linux/ping.ts";

const MARKS = /^[!.]{2,2000}$/;
const FAILED =
  /^(?:ping: sendto: |\d{1,5} bytes from \S{1,60}: (?:Destination|frag needed|Communication|Time to live))/;
const DETAIL = /^(?:Vr HL TOS|\s*\d [\da-f] {1,2}[\da-f]{2} )/;

export const ping: Command = {
  run: "ping HOST [OPTION1] [OPTION2] [OPTION3] [OPTION4] [OPTION5] [OPTION6] [OPTION7] [OPTION8] [OPTION9]",
  looksLike: [...linuxPing.looksLike, /^ping: sendto: (?:Message too long|No route to host|Can't assign)/],
  parse(output: Output, tools): Parsed {
    const typed = output.typed ?? "";
    const source = canonicalAddress(/ source (\S{2,45})/.exec(typed)?.[1] ?? "");
    const vrf = / routing-instance (\S{1,64})/.exec(typed)?.[1];
    const dfBit = / do-not-fragment\b/.test(typed) ? true : undefined;
    const marks = output.lines.find(({ text }) => MARKS.test(text.trim()))?.text.trim();
    const isTooLarge = output.lines.some(({ text }) => /Message too long|frag needed/.test(text));
    const lines = output.lines.filter(({ text }) => !MARKS.test(text.trim()));
    const { values, unread } = linuxPing.parse({ ...output, lines }, tools);
    return {
      values: values.map((value) =>
        value.kind === "ping"
          ? {
              ...value,
              source,
              vrf,
              dfBit,
              marks: marks ?? (isTooLarge ? value.marks.replaceAll(".", "M") : value.marks),
            }
          : value,
      ),
      unread: unread.filter(({ text }: Line) => !FAILED.test(text) && !DETAIL.test(text)),
    };
  },
};

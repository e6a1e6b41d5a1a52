/** `show crypto ikev2 policy`: which proposals a policy binds. Nothing is concluded from it yet but that it was read. */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import { isFiller } from "./ike-output.ts";

const HEAD = /^\s*IKEv2 policy ?: ?\S{1,100}\s*$/i;
const FIELD = /^\s*(?:Match fvrf|Match address local|Proposal) {0,12}: ?\S.{0,200}$/;

export const showCryptoIkev2Policy: Command = {
  run: "show crypto ikev2 policy [NAME]",
  looksLike: [HEAD],
  parse(output: Output): Parsed {
    const unread: Line[] = output.lines.filter(({ text }) => !isFiller(text) && !HEAD.test(text) && !FIELD.test(text));
    return { values: [], unread };
  },
};

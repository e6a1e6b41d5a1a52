/** `show clock [detail]`: what the device takes for now, and whether it believes it itself. ASA prints the same. */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Clock } from "../../domain/readings/certificate.ts";
import { deviceTime } from "./device-time.ts";
import { isFiller } from "./ike-output.ts";

/** A "*" before it: nobody ever set it; a ".": it was set, and its source does not answer now. */
const CLOCK =
  /^\s{0,3}(?<mark>[*.]?)(?<time>\d\d:\d\d:\d\d(?:\.\d{1,6})? [A-Za-z][\w+-]{0,9} (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} {1,2}\d{1,2} \d{4})\s*$/;
const ASIDE = /^\s*(?:No time source|(?:Summer|Standard) time (?:starts|ends) |Time zone )/;

export const showClock: Command = {
  run: "show clock [detail]",
  looksLike: [CLOCK],
  parse(output: Output): Parsed {
    const values: Clock[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const groups = CLOCK.exec(line.text)?.groups;
      const time = deviceTime(groups?.["time"] ?? "");
      if (groups && time) values.push({ kind: "clock", line: line.number, ...time, isSet: groups["mark"] !== "*" });
      else if (!ASIDE.test(line.text) && !isFiller(line.text)) unread.push(line);
    }
    return { values, unread };
  },
};

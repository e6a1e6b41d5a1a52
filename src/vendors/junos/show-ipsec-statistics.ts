/**
 * `show security ipsec statistics`: of one tunnel with its index, else of all tunnels together. What is zero for all is zero
 * for each; anything else of a sum over tunnels says nothing of one.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { FlowCounters } from "../../domain/readings/ipsec.ts";
import { isMark } from "./marks.ts";

const ESP = /^\s*(?<what>Encrypted|Decrypted) packets:\s{1,40}(?<count>\d{1,20})/;
const ERRORS: readonly (readonly [RegExp, keyof FlowCounters])[] = [
  [/Replay errors: (\d{1,15})/, "replayFailed"],
  [/ESP authentication failures: (\d{1,15})/, "verifyFailed"],
];
const KNOWN =
  /^\s*(?:ESP Statistics:|AH Statistics:|Errors:|Virtual-system:|(?:Encrypted|Decrypted|Input|Output) (?:bytes|packets):|AH authentication|ESP authentication|Bad headers|Invalid SPI|Exceeds tunnel MTU|Discarded|Bad trailers|Replay errors)/;

export const showIpsecStatistics: Command = {
  run: "show security ipsec statistics [index NUMBER] [fpc NUMBER] [pic NUMBER]",
  looksLike: [/^\s*ESP Statistics:$/, /^\s*AH Statistics:$/, /^\s*AH authentication failures: \d/],
  parse(output: Output): Parsed {
    const counters: Partial<Record<keyof FlowCounters, number>> = {};
    const at: Record<string, number> = {};
    const unread: Line[] = [];
    const index = / index (?<index>\d{1,10})/.exec(output.command)?.groups?.["index"];
    const count = (name: keyof FlowCounters, digits: string | undefined, line: number) => {
      if (digits === undefined) return;
      // The nodes of a cluster each have a part.
      counters[name] = (counters[name] ?? 0) + Number(digits);
      at[name] = line;
    };
    for (const line of output.lines) {
      const { text, number } = line;
      if (isMark(text)) continue;
      const esp = ESP.exec(text)?.groups;
      if (esp) count(esp["what"] === "Encrypted" ? "encaps" : "decaps", esp["count"], number);
      for (const [pattern, name] of ERRORS) count(name, pattern.exec(text)?.[1], number);
      if (!KNOWN.test(text)) unread.push(line);
    }
    const line = output.lines.find(({ text }) => !isMark(text))?.number ?? 1;
    const { encaps, decaps } = counters;
    if (encaps === undefined || decaps === undefined) return { values: [], unread };
    const isTelling = index !== undefined || encaps === 0 || decaps === 0;
    if (!isTelling) return { values: [], unread };
    const asked = index === undefined ? undefined : `index ${index}`;
    return {
      values: [
        {
          kind: "ipsec-sas",
          flows: [{ line, names: { number: index }, flags: [], counters, sas: [], at }],
          asked,
          detail: true,
        },
      ],
      unread,
    };
  },
};

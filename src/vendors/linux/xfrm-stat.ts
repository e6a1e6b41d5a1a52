/**
 * `/proc/net/xfrm_stat`: what the kernel's IPsec dropped, by reason, of all tunnels together.
 * Source: Linux kernel documentation, networking/xfrm_proc.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { DropCounters } from "../../domain/readings/path.ts";

const COUNTER = /^(?<name>Xfrm(?:In|Out|Fwd|Acquire)\w{2,40})\s{1,40}(?<count>\d{1,20})\s*$/;

export const xfrmStat: Command = {
  run: "cat /proc/net/xfrm_stat",
  alsoRun: ["sudo cat /proc/net/xfrm_stat", "more /proc/net/xfrm_stat", "less /proc/net/xfrm_stat"],
  looksLike: [COUNTER],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const counters: DropCounters["counters"][number][] = [];
    for (const line of output.lines) {
      const { name, count } = COUNTER.exec(line.text)?.groups ?? {};
      if (name !== undefined) counters.push({ name, count: Number(count), line: line.number });
      else if (line.text.trim() !== "") unread.push(line);
    }
    return { values: counters.length === 0 ? [] : [{ kind: "drop-counters", counters }], unread };
  },
};

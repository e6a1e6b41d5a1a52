/** What was read from pastes, in words. */
import type { ReadingValue } from "../domain/readings/index.ts";
import type { Block, Reply } from "../domain/reply.ts";
import type { ReadReport } from "../domain/verdict.ts";
import { factLines } from "./facts.ts";

/** How many lines that could not be read are shown; the rest is counted. */
const SHOWN = 5;

/** The reports with their readings, in words. */
export function speakReading(
  outputs: readonly { readonly report: ReadReport; readonly values: readonly ReadingValue[] }[],
): Reply {
  if (outputs.length === 0) return { blocks: [{ type: "text", text: "There was nothing to read." }] };
  return { blocks: outputs.flatMap(({ report, values }) => speakOutput(report, values)) };
}

function speakOutput(report: ReadReport, values: readonly ReadingValue[]): Block[] {
  const { command, platform, paste, firstLine, lastLine, side, unread } = report;
  const where = `${paste}:${firstLine}-${lastLine}${side === null ? "" : `, ${side} end`}`;
  const blocks: Block[] = [{ type: "heading", mark: "none", text: command, badge: `${platform} · ${where}` }];
  const items = values.flatMap(factLines);
  if (items.length > 0) blocks.push({ type: "list", items });
  if (unread.length > 0) {
    const more = unread.length > SHOWN ? [`… and ${unread.length - SHOWN} more`] : [];
    blocks.push({
      type: "list",
      label: `Could not read ${unread.length} lines`,
      items: [...unread.slice(0, SHOWN), ...more],
    });
  }
  return blocks;
}

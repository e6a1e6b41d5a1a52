/** What was read from pastes, in words. */
import type { PlatformId, Side } from "../domain/ids.ts";
import type { ReadingValue } from "../domain/readings/index.ts";
import type { Block, Reply } from "../domain/reply.ts";
import { factLines } from "./facts.ts";

/** One output as `read --json` prints it (the contract). */
export interface ReadPasteReport {
  readonly paste: string;
  readonly side: Side | null;
  readonly platform: PlatformId | "unknown";
  readonly command: string;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly unread: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
}

/** How many lines that could not be read are shown; the rest is counted. */
const SHOWN = 5;

/** The reports with their readings, in words. */
export function speakReading(
  outputs: readonly { readonly report: ReadPasteReport; readonly values: readonly ReadingValue[] }[],
): Reply {
  if (outputs.length === 0) return { blocks: [{ type: "text", text: "There was nothing to read." }] };
  return { blocks: outputs.flatMap(({ report, values }) => speakOutput(report, values)) };
}

function speakOutput(report: ReadPasteReport, values: readonly ReadingValue[]): Block[] {
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

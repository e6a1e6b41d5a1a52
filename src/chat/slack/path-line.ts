/** The way through the tree on one line, short enough for a phone: what was not looked at has no mark. */
import type { Block } from "../../domain/reply.ts";

const MARKS = { yes: " ✓", no: " ✗", open: " ?", unseen: "" } as const;

export function pathLine({ stages }: Extract<Block, { type: "path" }>): string {
  return stages.map(({ name, mark }) => `${name}${MARKS[mark]}`).join(" › ");
}

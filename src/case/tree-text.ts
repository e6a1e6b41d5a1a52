/** The tree with the way walked, in characters. */
import { drawTree, drawTreeInCharacters } from "./tree-picture.ts";

const NO_COLOURS = { walked: "", walkedLine: "", rest: "", restLine: "", text: "" };

/**
 * Drawn from the machine by a library, which is loaded only when somebody asks, and without its labels, which would lie
 * over each other; below it the way in words.
 */
export async function treeText({
  rested,
  ended,
}: {
  readonly rested: string;
  readonly ended: string;
}): Promise<string> {
  const { renderMermaidASCII } = await import("beautiful-mermaid");
  const characters = renderMermaidASCII(drawTreeInCharacters(rested), { paddingX: 2, paddingY: 2 });
  return `${characters}\n\n${drawTree(rested, ended, NO_COLOURS).words}\n`;
}

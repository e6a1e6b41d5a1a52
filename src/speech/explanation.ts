/** An explanation in blocks. */
import { type Explanation, type Reference, STARTING_POINTS, type Suggestions } from "../domain/explanation.ts";
import type { Block, Reply } from "../domain/reply.ts";

/** How many items of a list are said in passing. */
const BRIEF = 4;

export function speakExplanation(found: Explanation | Suggestions): Reply {
  if (found.kind === "suggestions") {
    const items = found.suggestions.map(named);
    const [first] = found.suggestions;
    const isNear = first !== undefined && first.id !== STARTING_POINTS[0];
    return {
      blocks: [
        {
          type: "text",
          text: isNear
            ? "I know nothing by exactly that name. Did you mean:"
            : "I know nothing by that name, nor anything like it. Good ones to begin with:",
        },
        { type: "list", items },
      ],
    };
  }
  return { blocks: [...head(found), ...rest(found)] };
}

/** In the middle of a case: what it means and what to look at, on one phone screen. */
export function speakBriefly(found: Explanation | Suggestions): Reply {
  if (found.kind === "suggestions") return speakExplanation(found);
  const next = list("What to look at next", found.next.slice(0, BRIEF));
  return {
    blocks: [
      ...head(found),
      ...next,
      ...list(
        "It can be",
        found.causes.slice(0, BRIEF).map(({ title }) => title),
      ),
    ],
  };
}

function head(found: Explanation): Block[] {
  return [
    { type: "heading", mark: "none", text: found.title },
    { type: "text", text: found.short },
  ];
}

function rest(found: Explanation): Block[] {
  const blocks: Block[] = [];
  for (const paragraph of found.paragraphs) blocks.push({ type: "text", text: paragraph });
  blocks.push(...list("What to look at next", found.next));
  blocks.push(...list("What it is not", found.not));
  blocks.push(...list("It can be", found.causes.map(named)));
  blocks.push(...list("See also", found.see.map(named)));
  if (found.sources.length > 0)
    blocks.push({ type: "text", text: `Sources: ${found.sources.join("; ")}`, tone: "quiet" });
  return blocks;
}

function list(label: string, items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [{ type: "list", label, items }];
}

function named({ id, title }: Reference): string {
  return `${title} (${id})`;
}

/** Cases of the past, in words: what a peer had before, lists, figures. */
import type { CaseFigures, Spread } from "../domain/case-figures.ts";
import type { Reference } from "../domain/explanation.ts";
import { PLATFORM_IDS } from "../domain/ids.ts";
import { PLATFORM_NAMES } from "../domain/platform-names.ts";
import type { Block, Reply } from "../domain/reply.ts";
import { count, text } from "./blocks.ts";

/** What is told of a case; a stored one has it. */
export interface CaseTold {
  readonly id: string;
  readonly openedAt: number;
  readonly summary: {
    readonly cause?: string | undefined;
    readonly title?: string | undefined;
    readonly fix?: string | undefined;
    readonly fixedAt?: number | undefined;
  };
}

/** One line. */
export function hadBefore(told: CaseTold): Block {
  const { before, after } = hadBeforeInParts(told);
  return { type: "text", text: `${before}${told.id}${after}`, tone: "quiet" };
}

/** The same, around the case's id, where that can be a link. */
export function hadBeforeInParts({ openedAt, summary: { title, cause, fix, fixedAt } }: CaseTold) {
  const what = `, ${dayOf(openedAt)}: ${title ?? cause ?? "no cause found"}`;
  const mended =
    fixedAt === undefined
      ? "whether it was mended is not known"
      : fix === undefined
        ? `it worked again ${dayOf(fixedAt)}, what was changed was not told`
        : `what fixed it, seen to work ${dayOf(fixedAt)}: ${fix}`;
  return { before: "This peer had a case before: ", after: `${what}; ${mended}.` };
}

/** "27 Nov 2026", in UTC. */
export function dayOf(at: number): string {
  const day = new Date(at);
  const month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][day.getUTCMonth()];
  return `${day.getUTCDate()} ${month} ${day.getUTCFullYear()}`;
}

/** So many of each list: a phone shows them. */
const MOST_ROWS = 8;

/** What became of a workspace's cases. @param since "1 Nov 2026" */
export function speakFigures(figures: CaseFigures, since?: string): Reply {
  const from = since === undefined ? "" : ` since ${since}`;
  if (figures.cases === 0)
    return { blocks: [text(`There is no case here${from} yet, so there is nothing to add up.`)] };
  const blocks: Block[] = [
    { type: "heading", mark: "none", text: `${count(figures.cases, "case", "cases")}${from}, ${figures.open} open` },
    list("How long it took", [
      `to a verdict: ${spread(figures.toVerdict)}`,
      `until the tunnel was seen to work: ${spread(figures.toFix)}`,
    ]),
  ];
  if (figures.causes.length > 0)
    blocks.push(
      { type: "text", text: "What it was", tone: "strong" },
      {
        type: "table",
        rows: [
          ["cause", "cases", "seen fixed"],
          ...figures.causes.slice(0, MOST_ROWS).map((each) => [each.title, String(each.cases), String(each.fixed)]),
        ],
      },
    );
  const cases = (number: number) => count(number, "case", "cases");
  const asked = figures.unanswered.map(({ command, cases: of }) => `${command}: ${cases(of)}`);
  if (asked.length > 0) blocks.push(list("Asked for last and not shown", asked.slice(0, MOST_ROWS)));
  const refused = figures.refused.map(({ command, cases: of }) => `${command}: ${cases(of)}`);
  if (refused.length > 0) blocks.push(list("Could not be run", refused.slice(0, MOST_ROWS)));
  if (figures.unread.length > 0)
    blocks.push({
      type: "code",
      label: "Lines that nobody could read; N is a number",
      lines: figures.unread
        .slice(0, MOST_ROWS)
        .map((each) => `${each.lines} × ${each.shape}  (${nameIn(each.platform)})`),
    });
  return { blocks };
}

/** What a store kept as a platform, which a later version may no longer have. */
function nameIn(platform: string): string {
  const known = PLATFORM_IDS.find((id) => id === platform);
  return known === undefined ? "no platform that I know" : PLATFORM_NAMES[known];
}

function list(label: string, items: readonly string[]): Block {
  return { type: "list", label, items };
}

function spread({ cases, median, most }: Spread): string {
  if (median === undefined || most === undefined) return "not known of any case";
  const of = `of ${count(cases, "case", "cases")}`;
  return cases === 1
    ? `${lasting(median)} (${of})`
    : `half within ${lasting(median)}, nine of ten within ${lasting(most)} (${of})`;
}

/** "4 min", "3 h 20 min", "2 days". @param ms milliseconds */
export function lasting(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return "less than a minute";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.round(hours / 24)} days`;
}

/** What can be explained of what was looked for. @param explain the command that explains, as it is typed there */
export function speakKnown(words: string, known: readonly Reference[], explain = "explain"): Block[] {
  if (known.length === 0) return [text(`I know nothing to explain about “${words}”.`)];
  const [first] = known;
  return [
    { type: "list", label: "What I can explain", items: known.map(({ title, id }) => `${title} (${id})`) },
    text(`To read it: ${explain} ${first?.id ?? "WORD"}`, "quiet"),
  ];
}

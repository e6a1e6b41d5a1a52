/** Cases as a terminal lists them: for `tunnelmedic cases`, and for `cases` in the conversation. */
import type { Block } from "../domain/reply.ts";
import type { CasesListed } from "../looking-back/list.ts";
import { dayOf } from "../speech/looking-back.ts";
import type { CaseHead } from "../store/store.ts";

/** @param command what is typed in front of the words, "cases" or "npx tunnelmedic cases" */
export function caseTable({ heads, isNearest, next, title, hints }: CasesListed, command: string): Block[] {
  if (heads.length === 0) {
    const more = hints.map((hint) => hint.replace("`cases", `\`${command}`));
    return [{ type: "text", text: [`There is no ${title}.`, ...more].join(" ") }];
  }
  const near = "None has all of these words; these come nearest.";
  return [
    ...(isNearest ? [{ type: "text", text: near, tone: "quiet" } as const] : []),
    { type: "table", rows: [["case", "where", "opened", "peer", "what"], ...heads.map(rowOf)] },
    ...(next === undefined ? [] : [{ type: "text", text: `Older ones: ${command} ${next}` } as const]),
  ];
}

function rowOf({ id, status, place, openedAt, summary }: CaseHead): string[] {
  const what =
    summary.verdict === "healthy" ? ["works", summary.title] : [summary.title ?? summary.symptom ?? "not known yet"];
  return [
    id,
    place.chat,
    dayOf(openedAt),
    summary.peer ?? "",
    [...(status === "closed" ? ["closed"] : []), ...what].filter(Boolean).join(": "),
  ];
}

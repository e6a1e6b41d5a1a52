/** Cases as a list with buttons: for `/ipsec cases` and App Home. */
import type { CaseHead } from "../../store/store.ts";
import { button, linkButton, plain, type SlackBlock } from "./block-kit.ts";
import { CHOOSE, CLOSE, carry, REOPEN } from "./choices.ts";
import { linkToMessage, threadOf } from "./place.ts";
import { sendable, shortened } from "./words.ts";

/** As few as a phone shows at a glance. */
export const MOST_LISTED = 15;

/** @param channel where they are listed; others are named by theirs */
export function caseList(heads: readonly CaseHead[], workspaceUrl: string, nowMs: number): SlackBlock[] {
  return heads.slice(0, MOST_LISTED).flatMap((head, index): SlackBlock[] => {
    const { channel } = threadOf(head.place);
    const press = (label: string, choice: string) =>
      button(label, `${CHOOSE}:${index}:${choice}`, carry({ caseId: head.id, turn: head.version, choice }));
    return [
      { type: "section", text: plain(sendable(shortened(lineOf(head, nowMs), 300))) },
      {
        type: "actions",
        elements: [
          linkButton(
            channel.startsWith("D") ? "Open (private)" : "Open the thread",
            linkToMessage(workspaceUrl, threadOf(head.place)),
          ),
          head.status === "open" ? press("Close", CLOSE) : press("Reopen", REOPEN),
        ],
      },
    ];
  });
}

function lineOf({ id, status, summary, changedAt }: CaseHead, nowMs: number): string {
  const works = summary.title === undefined ? "works" : `works again: ${summary.title}`;
  const standing = summary.verdict === "healthy" ? works : (summary.title ?? "not found yet");
  return [
    id,
    ...(status === "closed" ? ["closed"] : []),
    ...(summary.symptom === undefined ? [] : [summary.symptom.replaceAll("-", " ")]),
    ...(summary.peer === undefined ? [] : [`peer ${summary.peer}`]),
    standing,
    ageOf(nowMs - changedAt),
  ].join("  ·  ");
}

function ageOf(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 60) return `${minutes} min ago`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h ago` : `${Math.round(minutes / 1_440)} days ago`;
}

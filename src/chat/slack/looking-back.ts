/** `/ipsec cases`, its figures, and the search: for the person who asked only. */
import { type CasesAsked, casesAsked, sinceIn } from "../../case/cases-asked.ts";
import { type CasesListed, listCases, type Scope } from "../../looking-back/list.ts";
import { searchEverywhere } from "../../looking-back/search.ts";
import { dayOf, speakFigures, speakKnown } from "../../speech/looking-back.ts";
import { button, type SlackBlock, smallPrint } from "./block-kit.ts";
import { caseList, MOST_LISTED } from "./case-list.ts";
import { aside, type Desk, sentence, type Telling, threadOfCase } from "./desk.ts";
import type { Asking } from "./find-case.ts";

/** The button to the next page; its value is what to list. */
export const NEXT_PAGE = "cases:next";

export async function tellCases(desk: Desk, asking: Asking, asked: CasesAsked): Promise<Telling> {
  return telling(desk, await listCases(desk.tools.cases, asked, scopeOf(desk, asking)));
}

/** What a pressed button asks for. */
export async function tellNextCases(desk: Desk, asking: Asking, words: string): Promise<Telling> {
  const asked = casesAsked(words.split(" "));
  return "remedy" in asked ? sentence(asked.remedy) : tellCases(desk, asking, asked);
}

export async function tellFigures(desk: Desk, { workspace }: Asking, since: string | undefined): Promise<Telling> {
  const openedSince = since === undefined ? undefined : sinceIn(since, desk.tools.now());
  const figures = await desk.tools.cases.figures({ chat: "slack", workspace, openedSince });
  return aside(speakFigures(figures, openedSince === undefined ? undefined : dayOf(openedSince)));
}

export async function tellSearch(desk: Desk, asking: Asking, words: string): Promise<Telling> {
  const { cases, known } = desk.tools;
  const found = await searchEverywhere(cases, known, words, scopeOf(desk, asking));
  const { text, blocks } = aside({ blocks: speakKnown(words, found.known, "/ipsec explain") });
  return { text, blocks: [...blocks, ...telling(desk, found.cases).blocks] };
}

/** A person sees their own cases, and those of the channel that they ask in. */
function scopeOf(desk: Desk, { workspace, channel, person }: Asking): Scope {
  return {
    chat: "slack",
    workspace,
    person,
    now: desk.tools.now(),
    pageSize: MOST_LISTED,
    maySee: (head) => threadOfCase(head).channel === channel || head.openedBy.id === person,
  };
}

function telling({ self, tools }: Desk, { heads, isNearest, next, title, hints }: CasesListed): Telling {
  if (heads.length === 0) {
    const more = hints.map((hint) => hint.replace(/`([^`]+)`/g, "“/ipsec $1”"));
    return sentence(
      [`I see no ${title} from here (your own and this channel's). “/ipsec” begins one.`, ...more].join(" "),
    );
  }
  const after: SlackBlock[] =
    next === undefined
      ? []
      : [
          { type: "actions", elements: [button("Older ones", NEXT_PAGE, next)] },
          smallPrint("An address, a word or “since 7d” narrows it down: “/ipsec cases pune since 7d”."),
        ];
  const near = isNearest ? "None has all of these words; these come nearest. " : "";
  const number = next === undefined && !title.includes(", page") ? `${heads.length} ` : "";
  return sentence(
    `${near}${number}${title}, yours and this channel's:`,
    ...caseList(heads, self.url, tools.now()),
    ...after,
  );
}

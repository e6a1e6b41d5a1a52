/** One question, several sources. */
import { type Answer, NOT_KNOWN } from "../answer.ts";

/** What one source says; `order` is that of the latest reading it rests on. */
export interface Statement {
  readonly answer: Answer;
  readonly order: number;
}

/**
 * One answer from several sources, the best source first. Where they contradict each other, a later "yes" stands (it was
 * mended meanwhile); a "no" never stands against a "yes": it may come from the wrong lines.
 */
export function settle(statements: readonly (Statement | undefined)[]): Answer {
  const said = statements.filter((item): item is Statement => item?.answer.is !== undefined);
  const affirming = said.filter(({ answer }) => answer.is === true);
  const denying = said.filter(({ answer }) => answer.is === false);
  if (affirming.length === 0) return denying[0]?.answer ?? NOT_KNOWN;
  if (denying.length === 0) return affirming[0]?.answer ?? NOT_KNOWN;
  const lastNo = Math.max(...denying.map(({ order }) => order));
  const later = affirming.find(({ order }) => order > lastNo);
  return later?.answer ?? NOT_KNOWN;
}

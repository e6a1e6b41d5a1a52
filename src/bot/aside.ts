/** Large pastes are read outside the transaction, and elsewhere if there is an elsewhere: others are answered meanwhile. */
import { excerptOf } from "../case/excerpt.ts";
import type { Content } from "../domain/inbound.ts";
import type { ReadPaste } from "../domain/output.ts";
import { echoOfPaste } from "./echo.ts";

/** Longer texts take long enough to be felt by others. In characters. */
export const LARGE = 256 * 1024;

/** What the bot needs of a large paste: what a case keeps of it, and how it is echoed. The paste has no name yet. */
export interface ReadAside {
  readonly excerpt: ReadPaste;
  readonly echo: string;
}

/** Reads a text for a case, whose keys are tagged for it alone. */
export type AsideReader = (caseId: string, text: string) => Promise<ReadAside>;

/** Texts of one message that were read already, for the case they were read for. */
export interface Prepared {
  readonly caseId: string;
  readonly pastes: ReadonlyMap<string, ReadAside>;
}

export function asideOf(paste: ReadPaste): ReadAside {
  return { excerpt: excerptOf(paste), echo: echoOfPaste(paste) };
}

/** The texts of a message that are large. */
export function largeTextsOf(content: Content): string[] {
  const texts = "text" in content ? [content.text ?? ""] : [];
  if ("files" in content) for (const { text } of content.files ?? []) texts.push(text);
  return texts.filter(({ length }) => length > LARGE);
}

/** @returns undefined where one of them could not be read aside: then they are read in the transaction */
export async function prepare(
  read: AsideReader,
  caseId: string,
  texts: readonly string[],
): Promise<Prepared | undefined> {
  try {
    const pastes = new Map<string, ReadAside>();
    for (const text of new Set(texts)) pastes.set(text, await read(caseId, text));
    return { caseId, pastes };
  } catch {
    return undefined;
  }
}

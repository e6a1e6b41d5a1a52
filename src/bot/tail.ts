/** The last paste's text, kept until the next turn: chats send long pastes in several messages. Redacted as all text is. */
import { z } from "zod";
import type { Person } from "../domain/inbound.ts";
import type { ReadPaste } from "../domain/output.ts";

const TailSchema = z.object({
  paste: z.string(),
  person: z.string(),
  at: z.number(),
  text: z.string(),
  /** The message that it came in, where the case keeps no paste of it: nothing in it could be read yet. */
  message: z.string().optional(),
});
export type Tail = Readonly<z.infer<typeof TailSchema>>;

/** Longer pastes come as files; what follows them is something else. */
const LONGEST = 64 * 1024;

export function tailOf(
  paste: ReadPaste,
  text: string,
  { at, person }: { readonly at: number; readonly person: Person },
  message?: string | undefined,
): string | undefined {
  if (text.length > LONGEST) return undefined;
  return JSON.stringify({ paste: paste.name, person: person.id, at, text, message } satisfies Tail);
}

/** A tail that is damaged is none: the next message is then read by itself. */
export function readTail(kept: string | undefined): Tail | undefined {
  if (kept === undefined) return undefined;
  try {
    return TailSchema.parse(JSON.parse(kept));
  } catch {
    return undefined;
  }
}

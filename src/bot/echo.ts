/** What was said, as the person would know it again: redacted, one line. */
import { type Content, RESUMED_ECHO } from "../domain/inbound.ts";
import type { ReadPaste } from "../domain/output.ts";

const LONGEST = 200;

/** @param parts the echoes of the pastes as they were read, redacted: what was said is taken from them only */
export function echoOf(content: Content, parts: readonly string[], labelOf: (choice: string) => string): string {
  switch (content.type) {
    case "opened":
    case "said":
    case "edited": {
      const edited = content.type === "edited" ? "(edited) " : "";
      return `${edited}${parts.join(" · ") || (content.type === "opened" ? "a new case" : "…")}`;
    }
    case "chose":
      return labelOf(content.choice);
    case "deleted":
      return "(a message was deleted)";
    case "closed":
      return "(closed)";
    case "reopened":
      return "(reopened)";
    case "resumed":
      return RESUMED_ECHO;
    case "quiet":
      return content.step === "remind" ? "(quiet)" : "(quiet, closed)";
    case "handed-to":
      return `(handed to ${content.person.name ?? content.person.id})`;
  }
}

export function echoOfPaste({ lines }: ReadPaste): string {
  const written = lines.filter(({ text }) => text.trim() !== "");
  const [first] = written;
  if (first === undefined) return "…";
  const text = first.text.trim();
  const head = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return written.length === 1 ? head : `${head} … (${written.length} lines)`;
}

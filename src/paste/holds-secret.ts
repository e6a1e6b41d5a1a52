/** One line that does not come through a paste: the name of a file, a word of a command line. */
import { withTypedCharacters } from "./clean/typography.ts";
import { createSecretTagger, redact } from "./redact.ts";

/**
 * Whether there is a key or password in it. Chats put characters of their own between the words, such as blanks that do
 * not break, and the redactor knows typed ones only.
 */
export function holdsSecret(line: string): boolean {
  const text = withTypedCharacters(line);
  return redact([{ number: 1, text }], createSecretTagger()).lines.some((one) => one.text !== text);
}

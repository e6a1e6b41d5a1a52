/** The ways in which one fixture may be pasted. */
import type { Fixture } from "./mapping.ts";

export interface Way {
  readonly name: "by its shape" | "after a prompt" | "as it is";
  readonly text: string;
}

/** A first line that is a command somebody typed, with or without a prompt. */
const OWN_COMMAND = /^\s*(?:[\w.-]{0,63}[#>]\s*)?(?<typed>(?:sh|sho|show|ping|traceroute) \S.*?)\s*$/;

/**
 * Without any command line; after our own prompt and the command; and, where the source kept a command line, as it is. That
 * line is then also what stands behind our prompt, since the expected value was made from it.
 */
export function waysOf({ text, typed }: Fixture): Way[] {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => line.trim() !== "");
  const own = OWN_COMMAND.exec(lines[first] ?? "")?.groups?.["typed"];
  const bare = own === undefined ? text : lines.slice(first + 1).join("\n");
  const ways: Way[] = [
    { name: "by its shape", text: bare },
    { name: "after a prompt", text: `R7#${own ?? typed}\n${bare}` },
  ];
  if (own !== undefined) ways.push({ name: "as it is", text });
  return ways;
}

/** How much of a configuration was pasted: that decides whether what is absent is not configured. */
import type { Output } from "../../../domain/output.ts";
import type { Statement } from "./statements.ts";

/**
 * whole: from its version line to `end`; crypto: every crypto section; fragment: pieces; filtered: single lines that
 * `| include` let through, whose sections are gone.
 */
export type Extent = "whole" | "crypto" | "fragment" | "filtered";

const WHOLE_COMMAND = /^(?:show (?:running-config|startup-config)(?: all| full| brief)?|write terminal|more \S+)$/;
const SECTION_CRYPTO = /\| ?s(?:e(?:c(?:t(?:i(?:o(?:n)?)?)?)?)?)? \^?crypto$/i;
const FILTER = /\| ?(?:i|in|inc|incl|inclu|includ|include|exc|excl|exclu|exclud|exclude|gr|gre|grep) /i;
const VERSION = /^version \d{1,2}\.\d/;
const CUT =
  /^(?:\[?\.{3}\]?$|…|<\.\.\.|<snip|\[snip|-{2,} ?(?:snip|cropped)|!?<?\(?(?:output|config\w*) (?:omitted|suppressed|removed|cut))/i;
const CUT_COMMENT = /^!-* ?\(?(?:output|lines?|config\w*) (?:is |are )?(?:omitted|suppressed|removed|cut)/i;

/** Judges by the command line where there is one, and by how the statements begin and end. */
export function extentOf(output: Output, statements: readonly Statement[]): Extent {
  const command = output.command.trim();
  if (FILTER.test(command)) return "filtered";
  const isCut = output.isCut === true || statements.some(({ text }) => CUT.test(text) || CUT_COMMENT.test(text));
  // A section has no last line of its own: only the next prompt shows that all of it is here.
  if (output.typed !== undefined && SECTION_CRYPTO.test(command))
    return isCut || output.isOpenEnded ? "fragment" : "crypto";
  const isTypedWhole = output.typed === undefined || WHOLE_COMMAND.test(command);
  return isTypedWhole && !isCut && reachesFromVersionToEnd(statements) ? "whole" : "fragment";
}

function reachesFromVersionToEnd(statements: readonly Statement[]): boolean {
  const version = statements.findIndex(({ text }) => VERSION.test(text));
  const firstOther = statements.findIndex(({ text }) =>
    /^(?:crypto|interface|ip route|access-list|hostname) ?/.test(text),
  );
  if (version === -1 || (firstOther !== -1 && firstOther < version)) return false;
  return statements.some(({ text }, index) => text === "end" && index > version);
}

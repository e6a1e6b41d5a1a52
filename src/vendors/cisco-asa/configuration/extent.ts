/** How much of an ASA configuration was pasted: that decides whether what is absent is not configured. */
import type { Output } from "../../../domain/output.ts";
import type { Statement } from "../../cisco-ios/configuration/statements.ts";

/** What of the configuration is all here. */
export interface Extent {
  readonly whole: boolean;
  readonly ike: boolean;
  readonly ipsec: boolean;
  readonly maps: boolean;
  readonly keys: boolean;
  /** Single lines that a filter let through: sections are torn apart. */
  readonly filtered: boolean;
}

const CUT = /^(?:\[?\.{3}\]?$|…|<\.\.\.|<snip|\[snip|-{2,} ?(?:snip|cropped))/i;
const FILTER = /\|/;

export function extentOf(output: Output, statements: readonly Statement[]): Extent {
  const command = output.command.trim();
  const isCut = output.isCut === true || statements.some(({ text }) => CUT.test(text));
  // A part has no last line of its own: only the next prompt shows that all of it is here.
  const isEnded = !isCut && output.typed !== undefined && output.isOpenEnded !== true;
  const part = isEnded ? /^show running-config (?<part>.+)$/.exec(command)?.groups?.["part"] : undefined;
  const crypto = part === "crypto" || part === "all crypto";
  const whole =
    !isCut && !FILTER.test(command) && (part === undefined || part === "all") && reachesFromVersionToEnd(statements);
  return {
    whole,
    ike: whole || crypto,
    ipsec: whole || crypto || part === "crypto ipsec",
    maps: whole || crypto || part === "crypto map",
    keys: whole || part === "tunnel-group",
    filtered: FILTER.test(command),
  };
}

function reachesFromVersionToEnd(statements: readonly Statement[]): boolean {
  const version = statements.findIndex(({ text }) => /^(?:ASA|NGFW) Version \d/.test(text));
  return (
    version !== -1 &&
    statements.some(({ text }, index) => index > version && /^(?:: end|Cryptochecksum:|end$)/.test(text))
  );
}

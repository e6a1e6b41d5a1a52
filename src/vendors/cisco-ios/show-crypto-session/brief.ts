/** The table of `show crypto session brief`: Peer, I/F, Username, Group/Phase1_id, Uptime, Status. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Line } from "../../../domain/output.ts";
import type { CryptoSession } from "../../../domain/readings/session.ts";
import { isAddressLike, isTime, wordsOf } from "../ike-output.ts";

/** The heading of the table. */
export const BRIEF_HEADING = /^[\s|]*Peer[\s|]+I\/F[\s|]+Username[\s|]+Group\/Phase1_id/;
/** The letters of its last column, explained above it. */
export const BRIEF_LEGEND = /^\s*(?:Status: A ?- Active, U ?- Up|K ?- No IKE|S ?- Standby|N ?- Negotiating)/;
/** The VRF above the rows of each. */
export const BRIEF_VRF = /^\s*ivrf ?= ?(?<vrf>\S{1,64})$/;

/** The status letters in the words of the long form. */
const STATUS: Readonly<Record<string, string>> = {
  UA: "UP-ACTIVE",
  UI: "UP-IDLE",
  UK: "UP-NO-IKE",
  US: "UP-STANDBY",
  DN: "DOWN-NEGOTIATING",
  D: "DOWN",
};

export function isBriefHeading(text: string): boolean {
  return BRIEF_HEADING.test(text) || BRIEF_LEGEND.test(text);
}

/** "ivrf = RED" above the rows of that VRF; "" for none. */
export function briefVrf(text: string): string | undefined {
  const vrf = BRIEF_VRF.exec(text)?.groups?.["vrf"];
  return vrf === "(none)" ? "" : vrf;
}

/** A row of the table, or undefined. `heading` tells whose a lone name is; without it, it is the phase 1 identity. */
export function readBriefRow(
  line: Line,
  ivrf: string | undefined,
  heading: string | undefined,
): CryptoSession | undefined {
  const words = wordsOf(line.text);
  const [peer = "", name = ""] = words;
  const letters = words.at(-1) ?? "";
  if (words.length < 3 || words.length > 6 || !isAddressLike(peer) || !/^[UD][AIKNS]?$/.test(letters)) return undefined;
  const uptime = words.length > 3 && isTime(words.at(-2) ?? "") ? words.at(-2) : undefined;
  const names = words.slice(2, uptime === undefined ? -1 : -2);
  if (names.length > 2) return undefined;
  const isUser = names.length === 2 || isUnderUsername(line.text, names[0], heading);
  return {
    line: line.number,
    interface: name,
    peer: canonicalAddress(peer) ?? peer,
    uptime,
    status: STATUS[letters] ?? letters,
    ivrf: ivrf === "" ? undefined : ivrf,
    username: isUser ? names[0] : undefined,
    phase1Id: names.length === 2 ? names[1] : isUser ? undefined : names[0],
    ikeSas: [],
    flows: [],
    at: { status: line.number },
  };
}

/** Whether a lone name begins nearer to "Username" of the heading than to "Group/Phase1_id". */
function isUnderUsername(text: string, name: string | undefined, heading: string | undefined): boolean {
  if (name === undefined || heading === undefined || isAddressLike(name)) return false;
  const at = text.indexOf(` ${name} `) + 1;
  return Math.abs(at - heading.indexOf("Username")) < Math.abs(at - heading.indexOf("Group/Phase1_id"));
}

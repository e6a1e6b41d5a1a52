/** What to ask for next: the command that best separates the findings still open, on the end that would know. */
import type { Side } from "../domain/ids.ts";
import type { Ask } from "../domain/verdict.ts";
import type { AskEntry, KnownFault } from "../knowledge/finding-schema.ts";
import { dialectOf } from "../tunnel/dialect.ts";
import { guiOf } from "../tunnel/gui.ts";
import { ikeVersionAt } from "../tunnel/ike-version.ts";
import { knowingEnd, refusingEnd } from "../tunnel/status/role.ts";
import { otherSide, type Tunnel } from "../tunnel/tunnel.ts";
import { cannotRun, isAnswered } from "./answered.ts";
import { blanksFor } from "./blanks/index.ts";
import { fillCommands } from "./fill.ts";
import { seenInGui } from "./in-the-gui.ts";
import { inBorrowedWords, platformOfWords } from "./platform-words.ts";
import { askReasonOf } from "./sayings.ts";
import type { WeighedFinding } from "./weigh.ts";

type AskedEnd = KnownFault["settle"][number]["on"];

/** An ask by its id and the end to ask. */
export interface StageAsk {
  readonly ask: string;
  readonly on: AskedEnd;
}

/** An ask that was wanted for some reason, with how much it would tell. */
interface Wanted {
  readonly ask: string;
  readonly side: Side;
  readonly why: string;
  worth: number;
}

/** A likely finding is worth settling most; a confirmed one needs nothing more. */
const WORTH = { confirmed: 1, likely: 8, possible: 3 } as const;
/** What the tree must know to go on outweighs all findings; what it falls back to, none. */
const FIRST = 1000;
const LAST = 0.01;
/** One that refused without saying why has the reason in its log, which no configuration is as good as (trap T4). */
const KNOWS_WHY = 4;
const MOST = 4;

/**
 * The asks, most telling first, at most four. `first` is what the tree itself wants to know where it rests, `last` what
 * there is left to ask there; `open` the findings in play. What was read, or can't be run, is not asked for again.
 */
export function chooseAsks(
  tunnel: Tunnel,
  stage: { readonly first: readonly StageAsk[]; readonly last: readonly StageAsk[] },
  open: readonly WeighedFinding[],
  entries: ReadonlyMap<string, AskEntry>,
): Ask[] {
  const wanted = new Map<string, Wanted>();
  const want = (ask: string, sides: readonly Side[], why: (side: Side) => string, worth: number) => {
    for (const side of sides) {
      const key = `${ask} ${side}`;
      const before = wanted.get(key);
      if (before) before.worth += worth;
      else wanted.set(key, { ask, side, why: why(side), worth });
    }
  };
  const usual = () => "";
  const refuser = refusingEnd(tunnel);
  for (const [index, { ask, on }] of stage.first.entries()) want(ask, sidesOf(tunnel, on), usual, FIRST / (index + 1));
  for (const { finding, certainty, side: blamed, settle } of open) {
    for (const [index, { ask, on, why }] of settle.entries())
      want(
        ask,
        sidesOf(tunnel, on, blamed),
        (side) => askReasonOf(finding, ask, tunnel, side) ?? why,
        (WORTH[certainty ?? "possible"] * 2) / (index + 2),
      );
  }
  for (const [index, { ask, on }] of stage.last.entries()) want(ask, sidesOf(tunnel, on), usual, LAST / (index + 1));
  for (const item of wanted.values())
    if (item.side === refuser && item.ask.startsWith("debug-")) item.worth *= KNOWS_WHY;
  const asks = [...wanted.values()].flatMap((item) => toAsk(tunnel, item, entries.get(item.ask)) ?? []);
  asks.sort((one, other) => other.worth - one.worth);
  return onceBorrowed(tunnel, withoutRepeats(asks).slice(0, MOST));
}

/** That the commands are another platform's words, or where pages show the same, is said once; four times over it only tires. */
function onceBorrowed(tunnel: Tunnel, asks: readonly Ask[]): Ask[] {
  const first = asks.findIndex(({ side }) => inBorrowedWords(tunnel, side) !== "");
  return asks.map((ask, index) => {
    const isFirstThere = asks.findIndex(({ side }) => side === ask.side) === index;
    const beside = index === first ? inBorrowedWords(tunnel, ask.side) : "";
    const pages = isFirstThere ? seenInGui(guiOf(tunnel, ask.side)) : "";
    return { ...ask, why: `${ask.why}${beside}${pages}` };
  });
}

function toAsk(tunnel: Tunnel, { ask, side, why, worth }: Wanted, entry: AskEntry | undefined) {
  if (!entry || isAnswered(tunnel, tunnel[side], entry)) return undefined;
  const { platform } = tunnel[side];
  const usual = entry.commands[platformOfWords(tunnel, side)];
  if (usual === undefined) return undefined;
  const asked =
    (dialectOf(tunnel, side) === "vyos" ? usual.vyos : undefined) ??
    (ikeVersionAt(tunnel, side) === 2 ? usual.ikev2 : undefined) ??
    usual;
  const blankOf = blanksFor(tunnel, side);
  if (asked.ipv4Only === true && blankOf("far-ip") === "ipv6") return undefined;
  const command = fillCommands(asked.command.trim(), blankOf).join("\n");
  if (cannotRun(tunnel, side, command)) return undefined;
  return {
    id: ask,
    side,
    platform,
    command,
    // A platform's own reason, where it gives one, speaks of what is seen there.
    why: asked.why ?? usual.why ?? (why || entry.why),
    worth: (entry.settlesIt === true ? FIRST * 2 : worth) / costOf(entry),
  };
}

/** A debug costs half as much again as a look. */
function costOf({ effort }: AskEntry): number {
  return 1 + (effort - 1) / 4;
}

/** The same command twice, or in its plain and its detailed form, is one ask: the detailed one answers both. */
function withoutRepeats(asks: readonly (Ask & { readonly worth: number })[]): Ask[] {
  const chosen: Ask[] = [];
  for (const { side, platform, command, why } of asks) {
    const same = chosen.findIndex((other) => other.side === side && isPart(command, other.command));
    if (same === -1) chosen.push({ side, platform, command, why });
    else if (command.length > (chosen[same]?.command.length ?? 0)) chosen[same] = { side, platform, command, why };
  }
  return chosen;
}

function isPart(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return long === short || long === `${short} detail` || long === `${short} detailed` || long.startsWith(`${short}\n`);
}

function sidesOf(tunnel: Tunnel, on: AskedEnd, blamed?: Side | "both" | null): Side[] {
  const near = nearEnd(tunnel);
  switch (on) {
    case "near":
      return [near];
    case "far":
      return [otherSide(near)];
    case "both":
      return [near, otherSide(near)];
    case "responder":
      return [knowingEnd(tunnel) ?? otherSide(near)];
    case "blamed":
      return [blamed === "local" || blamed === "remote" ? blamed : near];
    case "other":
      return [blamed === "local" || blamed === "remote" ? otherSide(blamed) : otherSide(near)];
  }
}

/** The end the person is at: where anything was seen, unless nothing at all can be run there. */
function nearEnd(tunnel: Tunnel): Side {
  const isShut = (side: Side) => cannotRun(tunnel, side, "show");
  const seen: Side = tunnel.local.seen || !tunnel.remote.seen ? "local" : "remote";
  return isShut(seen) && !isShut(otherSide(seen)) ? otherSide(seen) : seen;
}

/** What stands before a message of `diagnose debug application ike`: time, VDOM, and whose it is. */

import type { TunnelNames } from "../../../domain/readings/names.ts";
import { namesOf } from "../tunnel-names.ts";

export interface Head {
  readonly text: string;
  readonly time?: string | undefined;
  /** On the log's own clock. */
  readonly seconds?: number | undefined;
  /** The number of the IKE SA: the same before and after its gateway is known by name. */
  readonly exchange?: string | undefined;
  /** The gateway's name, where it is known. */
  readonly gateway?: string | undefined;
  /** It speaks of a phase 2. */
  readonly isOfPhase2: boolean;
  readonly names?: TunnelNames | undefined;
}

const STAMP = /^(?<date>\d{4}-\d\d-\d\d) (?<clock>\d\d:\d\d:\d\d)(?:\.\d{1,9})? {1,2}/;
const IKE =
  /^(?:ike (?:V=[^\s:]{1,32}:)?(?<error>Negotiate (?:ISAKMP |IPsec |IPSec )?SA Error): {1,2})?ike (?:V=[^\s:]{1,32}:)?(?: ?\d{1,4})?(?<rest>[: ].*)$/;
/** No prefix is longer. */
const LONGEST = 200;

/** The head of a line; undefined for one that is none of the IKE daemon's. */
export function readHead(line: string): Head | undefined {
  const stamp = STAMP.exec(line);
  const plain = stamp ? line.slice(stamp[0].length) : line;
  const groups = IKE.exec(plain)?.groups;
  if (!groups) return undefined;
  const { prefix, text } = parted(groups["rest"] ?? "");
  const parts = prefix.split(":").filter((part) => part !== "");
  const at = parts.findIndex((part) => /^\d{1,10}$/.test(part));
  const name = parts[0];
  const isNamed = name !== undefined && !/^\d{1,10}$|^[0-9a-f]{16}\/[0-9a-f]{16}$/.test(name);
  return {
    text,
    time: stamp?.[0].trim(),
    seconds: stamp?.groups && secondsOf(stamp.groups),
    exchange: at < 0 ? undefined : parts[at],
    gateway: isNamed ? name : undefined,
    isOfPhase2: /IPsec/i.test(groups["error"] ?? "") || (at >= 0 && parts.length > at + 1),
    names: isNamed
      ? namesOf(
          name,
          parts.find((part, index) => index > Math.max(at, 0) && !/^\d{1,10}$/.test(part)),
        )
      : undefined,
  };
}

/** ":HUB:12:HUB-P2:5: text"; ": comes …" has no prefix. A name has no blank. */
function parted(rest: string): { prefix: string; text: string } {
  const start = rest.startsWith(":") ? 1 : 0;
  const blank = rest.slice(0, LONGEST).indexOf(" ", start);
  if (blank < 0) return rest.endsWith(":") ? { prefix: rest, text: "" } : { prefix: "", text: rest.slice(start) };
  if (blank === start || rest[blank - 1] !== ":") return { prefix: "", text: rest.slice(start).trimStart() };
  return { prefix: rest.slice(start, blank - 1), text: rest.slice(blank + 1) };
}

export function secondsOf({ date, clock }: Readonly<Record<string, string | undefined>>): number | undefined {
  const time = Date.parse(`${date}T${clock}Z`);
  return Number.isNaN(time) ? undefined : time / 1000;
}

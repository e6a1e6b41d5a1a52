/** What stands before a message: time, level or severity, gateway, event. */

import type { TunnelNames } from "../../../domain/readings/names.ts";

interface Head {
  readonly text: string;
  /** As printed. */
  readonly time?: string | undefined;
  /** On the log's own clock. */
  readonly seconds?: number | undefined;
  readonly names?: TunnelNames | undefined;
}

/** ikemgr.log; behind the level the numbers of gateway and tunnel. */
const IKEMGR =
  /^(?<date>\d{4}-\d\d-\d\d) (?<clock>[\d:]{8})(?:\.\d{3})?(?: [+-]\d{4})? {1,3}\[[A-Z_]{3,14}\] ?: {0,2}(?:\{ {0,12}\d{0,9} {0,4}: {0,12}\d{0,9} {0,8}\}: )?/;
/** A row of the system log. Object and event are cut to the width of their columns; an object may be missing. */
const TABLE =
  /^(?<date>\d{4}\/\d\d\/\d\d) (?<clock>[\d:]{8}) [a-z]{3,14} {1,12}vpn {1,12}(?:[\w.:-]{1,40} {1,12})?[\w-]{2,40} {1,12}\d{1,9} {1,4}/;
const CSV =
  /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} {1,2}\d{1,2} [\d:]{8} \S{1,63} )?\d,\d{4}\/\d\d\/\d\d [\d:]{8},\w{1,20},SYSTEM,vpn,[^,]{0,12},(?<date>\d{4}\/\d\d\/\d\d) (?<clock>[\d:]{8}),[^,]{0,40},(?<event>[\w-]{0,60}),(?<object>[^,]{0,80}),[^,]{0,12},[^,]{0,12},[^,]{0,40},[a-z]{0,20},/;
/** No head is longer. */
const LONGEST = 400;

export function readHead(line: string): Head | undefined {
  const front = line.slice(0, LONGEST);
  const head = IKEMGR.exec(front) ?? TABLE.exec(front);
  if (head) return headOf(head, line.slice(head[0].length));
  const csv = CSV.exec(front);
  if (!csv) return undefined;
  return { ...headOf(csv, description(line.slice(csv[0].length))), names: namesOf(csv.groups) };
}

/** What the event is about: a gateway, or a tunnel where it is of phase 2 or of a child SA. */
function namesOf(groups: RegExpExecArray["groups"]): TunnelNames | undefined {
  const { event = "", object = "" } = groups ?? {};
  if (!/^[\w.-]{1,63}(?::[\w.-]{1,63})?$/.test(object)) return undefined;
  if (/^(?:ike-nego-p1|ikev2-nego-ike)/.test(event)) return { connection: object };
  return /^(?:ike-nego-p2|ikev2-nego-child|ipsec-key|tunnel-status)/.test(event) ? { child: object } : undefined;
}

function headOf({ groups }: RegExpExecArray, text: string): Head {
  const date = (groups?.["date"] ?? "").replaceAll("/", "-");
  const clock = groups?.["clock"] ?? "";
  const days = Date.parse(`${date}T00:00:00Z`);
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(":").map(Number);
  return {
    text: text.trim(),
    time: `${date} ${clock}`,
    seconds: Number.isNaN(days) ? undefined : days / 1000 + hours * 3600 + minutes * 60 + seconds,
  };
}

/** The field of a CSV row; in quotes where it holds commas. */
function description(rest: string): string {
  if (!rest.startsWith('"')) return rest.split(",")[0] ?? "";
  const end = rest.indexOf('",', 1);
  return rest.slice(1, end < 0 ? undefined : end).replace(/"$/, "");
}

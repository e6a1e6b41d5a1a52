/** What tcpdump prints before a packet: time (-t … -ttttt), interface and direction (-i any), Ethernet (-e), "IP", and with -v the IP header. */

export interface Head {
  readonly seconds?: number | undefined;
  readonly direction?: "in" | "out" | undefined;
  /** Of a packet's piece that is not its first: more than 0. */
  readonly offset: number;
  /** What follows; "" where the packet stands on the next line (-v). */
  readonly rest: string;
}

const TIME =
  /^ ?(?:(?<date>\d{4}-\d\d-\d\d) )?(?:(?<hours>\d\d):(?<minutes>\d\d):(?<seconds>\d\d\.\d{3,9})|(?<epoch>\d{9,10}\.\d{3,9})) {1,2}/;
const INTERFACE = /^(?:(?<name>[A-Za-z][\w.@:-]{0,30}) {1,3})?(?<way>In|Out|B|M|P) {1,3}/;
const MAC = "(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?: \\(oui [^)]{1,60}\\))?";
const ETHERNET = new RegExp(
  `^(?:ifindex \\d{1,6} )?${MAC}(?: > (?:${MAC}|Broadcast))?,? ethertype (?:IPv[46]|802\\.1Q)[^:]{0,120}: `,
);
const IP = /^IP6? /;
const VERBOSE = /^\((?:tos|class|flowlabel|hlim)\b[^()]{0,200}(?:\([^()]{0,40}\)[^()]{0,80}){0,4}\) {0,2}/;
const OFFSET = /\boffset (?<offset>\d{1,5})\b/;

/** The head of a packet's first line; undefined where the line is none. */
export function readHead(text: string): Head | undefined {
  const time = TIME.exec(text);
  let rest = text.slice(time?.[0].length ?? 0);
  const link = INTERFACE.exec(rest);
  rest = rest.slice(link?.[0].length ?? 0);
  const ethernet = ETHERNET.exec(rest);
  rest = rest.slice(ethernet?.[0].length ?? 0);
  const ip = IP.exec(rest);
  if (!ip && !ethernet) return undefined;
  rest = rest.slice(ip?.[0].length ?? 0);
  const verbose = VERBOSE.exec(rest);
  rest = rest.slice(verbose?.[0].length ?? 0);
  const way = link?.groups?.["way"];
  return {
    seconds: time ? secondsOf(time.groups ?? {}) : undefined,
    direction: way === "In" ? "in" : way === "Out" ? "out" : undefined,
    offset: Number(OFFSET.exec(verbose?.[0] ?? "")?.groups?.["offset"] ?? 0),
    rest: rest.trim(),
  };
}

function secondsOf({ date, hours, minutes, seconds, epoch }: Readonly<Record<string, string | undefined>>): number {
  if (epoch !== undefined) return Number(epoch);
  const ofDay = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return date === undefined ? ofDay : Date.parse(`${date}T00:00:00Z`) / 1000 + ofDay;
}

/**
 * `/ip ipsec installed-sa print [detail]`: IPsec SAs with their counters, each with its source and destination. Which of the
 * two this router is, is not printed: known only where one address is private and the other is not, or by other outputs.
 * Source: MikroTik RouterOS documentation, IPsec, "Installed SAs".
 */
import type { Command, Output, Parsed } from "../../domain/output.ts";
import type { IpsecFlow, IpsecSa, IpsecSas } from "../../domain/readings/ipsec.ts";
import { type PrintedRecord, recordsOf } from "./records.ts";
import { addressIn, ciphersIn, hashesIn, secondsIn } from "./values.ts";

const LEGEND =
  /^\s*Flags: (?:[SH] - (?:seen-traffic|hw-aead|hw-authenc?)[,;] )?(?:H - hw-a\w{1,8}[,;] )?A - AH, E - ESP/i;
const RECORD = /^\s{0,6}\d{1,5} {1,6}[SHAE]{1,4} {1,10}spi=0x[0-9A-Fa-f]{1,8} src-address=/;
const HEADING = /^\s*# {1,12}SPI {1,20}STATE /;
const PRIVATE = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd])/;

export const installedSa: Command = {
  run: "ip ipsec installed-sa print [detail] [OPTIONS1] [OPTIONS2]",
  alsoRun: [
    "/ip ipsec installed-sa print [detail] [OPTIONS1] [OPTIONS2]",
    "/ip/ipsec/installed-sa/print [detail] [OPTIONS1] [OPTIONS2]",
    "installed-sa print [detail] [OPTIONS1] [OPTIONS2]",
  ],
  looksLike: [LEGEND, RECORD, HEADING],
  mayStartWith: [/^\s*Columns: SPI, STATE/],
  parse(output: Output): Parsed {
    const { records, unread } = recordsOf(output.lines);
    const pairs = new Map<string, PrintedRecord[]>();
    for (const record of records) {
      const ends = endsOf(record);
      if (!ends) continue;
      const key = [ends.from, ends.to].sort().join(" ");
      pairs.set(key, [...(pairs.get(key) ?? []), record]);
    }
    const saysNothing = pairs.size === 0 && (unread.length > 0 || output.isOpenEnded === true);
    if (saysNothing) return { values: [], unread };
    const asked = / where | ?from=/.test(output.typed ?? "") ? "a filter" : undefined;
    return { values: [{ kind: "ipsec-sas", ...flowsOf([...pairs.values()]), asked, detail: false }], unread };
  },
};

type Pair = readonly PrintedRecord[];

/** Of several tunnels of which one may be from either end, none is told before that is known. */
function flowsOf(pairs: readonly Pair[]): Pick<IpsecSas, "flows" | "seenFrom"> {
  const sure = pairs.flatMap((pair) => flowFrom(pair, privateOf(pair)) ?? []);
  if (sure.length === pairs.length) return { flows: sure };
  const owners = new Set(pairs.flatMap(addressesOf));
  const seenFrom = [...owners].flatMap((own) => {
    const flows = pairs.flatMap((pair) => flowFrom(pair, privateOf(pair) ?? own) ?? []);
    return flows.length === pairs.length ? { own, flows } : [];
  });
  const [only, ...others] = pairs;
  const flow = only && others.length === 0 ? fromEitherEnd(only) : undefined;
  return { flows: flow ? [flow] : [], seenFrom };
}

function endsOf({ fields }: PrintedRecord): { from: string; to: string } | undefined {
  const from = addressIn(fields.get("src-address")?.value);
  const to = addressIn(fields.get("dst-address")?.value);
  return from !== undefined && to !== undefined ? { from, to } : undefined;
}

/** The ends of a pair's SAs. */
function addressesOf([first]: Pair): string[] {
  const ends = first && endsOf(first);
  return ends ? [ends.from, ends.to] : [];
}

/** The router's own address behind a translation. */
function privateOf(pair: Pair): string | undefined {
  const privates = addressesOf(pair).filter((address) => PRIVATE.test(address));
  return privates.length === 1 ? privates[0] : undefined;
}

/** Without knowing which end it is from, only what goes both ways says something. */
function fromEitherEnd(pair: Pair): IpsecFlow | undefined {
  const [own] = addressesOf(pair).slice(1);
  const flow = flowFrom(pair, own);
  const isBothWays = (flow?.counters.decaps ?? 0) > 0 && (flow?.counters.encaps ?? 0) > 0;
  return (
    flow && {
      ...flow,
      localEndpoint: undefined,
      remoteEndpoint: undefined,
      peer: undefined,
      counters: isBothWays ? flow.counters : {},
    }
  );
}

/**
 * The newest SA of each direction; older ones are on their way out.
 * @returns undefined where `own` is neither end of it
 */
function flowFrom(pair: Pair, own: string | undefined): IpsecFlow | undefined {
  const [first] = pair;
  const peer = addressesOf(pair).find((address) => address !== own);
  if (!first || own === undefined || peer === undefined || !addressesOf(pair).includes(own)) return undefined;
  const newest = (isOutbound: boolean) =>
    pair.findLast((record) => (endsOf(record)?.from === own) === isOutbound && isMature(record));
  const inbound = newest(false);
  const outbound = newest(true);
  const at: Record<string, number> = { outboundSpi: (outbound ?? first).line };
  if (inbound) at["decaps"] = inbound.fields.get("current-packets")?.line ?? inbound.line;
  if (outbound) at["encaps"] = outbound.fields.get("current-packets")?.line ?? outbound.line;
  return {
    line: first.line,
    localEndpoint: own,
    remoteEndpoint: peer,
    peer,
    flags: [],
    counters: { decaps: packetsOf(inbound), encaps: packetsOf(outbound) },
    outboundSpi: outbound?.fields.get("spi")?.value.toLowerCase() ?? "0x0",
    sas: [...saOf(inbound, "inbound"), ...saOf(outbound, "outbound")],
    at,
  };
}

function isMature({ fields }: PrintedRecord): boolean {
  const state = fields.get("state")?.value;
  return state === undefined || state === "mature";
}

/** `print` as a table has no counters. */
function packetsOf(record: PrintedRecord | undefined): number | undefined {
  const value = record?.fields.get("current-packets")?.value;
  if (value !== undefined) return /^\d{1,20}$/.test(value) ? Number(value) : undefined;
  // A record without any is one that never carried a packet.
  return record?.fields.has("addtime") || record?.fields.has("add-lifetime") ? 0 : undefined;
}

function saOf(record: PrintedRecord | undefined, direction: IpsecSa["direction"]): IpsecSa[] {
  if (!record) return [];
  const of = (name: string) => record.fields.get(name)?.value;
  const size = of("enc-key-size");
  const cipher = of("enc-algorithm");
  const [encryption] = cipher === undefined ? [] : ciphersIn(withSize(cipher, size));
  const [integrity] = hashesIn(of("auth-algorithm") ?? "");
  const window = Number(of("replay") ?? Number.NaN);
  return [
    {
      line: record.line,
      direction,
      protocol: record.flags.includes("A") && !record.flags.includes("E") ? "ah" : "esp",
      spi: of("spi")?.toLowerCase(),
      transform: { encryption, integrity: encryption?.includes("gcm") ? "none" : integrity },
      settings: [],
      udpEncapsulated:
        /:\d{1,5}$/.test(of("src-address") ?? "") && !(of("src-address") ?? "").includes("::") ? true : undefined,
      secondsLeft: secondsIn(of("expires-in") ?? ""),
      replayWindow: Number.isNaN(window) ? undefined : window,
      status: of("state"),
    },
  ];
}

/** "aes-cbc" with 256, or with 288 for GCM, whose salt is counted; "aes" of old releases. */
function withSize(cipher: string, size: string | undefined): string {
  const bits = { "128": "128", "160": "128", "192": "192", "224": "192", "256": "256", "288": "256" }[size ?? ""];
  const mode = /^aes(?:-(cbc|gcm|ctr))?$/.exec(cipher);
  if (!mode) return cipher;
  if (bits === undefined) return mode[1] === undefined || mode[1] === "cbc" ? "aes" : `aes-${mode[1]}`;
  return `aes-${bits}-${mode[1] ?? "cbc"}`;
}

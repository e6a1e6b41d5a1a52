/** What the SAs of both ends show beside each other: SPIs and dead peer detection. */
import type { IpsecFlow } from "../../domain/readings/ipsec.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import { type EndView, lineOf } from "../view.ts";
import { distinct, linesOf, outputLine } from "./lines.ts";
import { entryForPeer } from "./map-entry.ts";
import { askedOfEachEnd } from "./per-end.ts";

/** Lower case, without 0x and leading zeros. */
export interface Spi {
  readonly spi: string;
  readonly evidence: Evidence;
}

/**
 * Is what each end sends with what the other receives with? Yes: an outbound SPI of each end is an inbound one of the
 * other. No: both ends have SAs in both directions and none crosses; outputs taken before and after a rekey also look
 * so, which is why both should be of the same minute.
 */
export function spisCross(tunnel: Tunnel): Answer {
  const [near, far] = bothEnds(tunnel).map((end) => spisOf(tunnel, end));
  if (!near || !far) return NOT_KNOWN;
  const sent = crossing(near.outbound, far.inbound);
  const received = crossing(far.outbound, near.inbound);
  if (sent && received) return yes(distinct([...sent, ...received]));
  const all = [near.outbound, near.inbound, far.outbound, far.inbound];
  if (sent || received || all.some((spis) => spis.length === 0)) return NOT_KNOWN;
  return no(distinct(all.flatMap((spis) => spis.slice(0, 1).map(({ evidence }) => evidence))), { side: "both" });
}

/** Is dead peer detection on? By the capabilities of the SA, else by the configuration. Informational. */
function dpdIsOn(tunnel: Tunnel, end: EndView): Answer {
  const sa = end.ikeSas.at(-1)?.items.findLast(({ item }) => item.dpd !== undefined && item.standing === "up");
  if (sa) {
    const line = [at(tunnel, sa, lineOf(sa.item, "capabilities"))];
    return sa.item.dpd === true ? yes(line) : no(line);
  }
  const profileName = entryForPeer(end)?.item.profile;
  const profile = end.profiles?.items.find(({ item }) => item.name === profileName);
  if (profile?.item.keepalive) return yes(linesOf(tunnel, profile, "keepalive"));
  const settings = end.settings.findLast(({ item }) => item.keepalive !== undefined || item.complete);
  const line = settings?.item.at["keepalive"];
  if (settings?.item.keepalive && line !== undefined) return yes([at(tunnel, settings, line)]);
  if (settings?.item.complete !== true || (profileName !== undefined && !profile)) return NOT_KNOWN;
  return no(outputLine(tunnel, end.side, "ike-settings", ({ complete }) => complete));
}

export const SA_COMPARISONS: Readonly<Record<string, Question>> = {
  "spis-cross": spisCross,
  ...askedOfEachEnd("dpd-on-both-ends", false, dpdIsOn),
};

/** The SPIs of the last look at the SAs that prints any (counters alone tell none); none where there was no look. */
export function spisOf(tunnel: Tunnel, end: EndView): { inbound: Spi[]; outbound: Spi[] } {
  const found = { inbound: [] as Spi[], outbound: [] as Spi[] };
  const look = end.flows.findLast(({ items }) => items.length === 0 || items.some(({ item }) => tellsOfSpis(item)));
  for (const held of look?.items ?? []) {
    const { outboundSpi, sas } = held.item;
    if (isSpi(outboundSpi))
      found.outbound.push({ spi: nameOf(outboundSpi), evidence: at(tunnel, held, lineOf(held.item, "outboundSpi")) });
    for (const sa of sas)
      if (isSpi(sa.spi)) found[sa.direction].push({ spi: nameOf(sa.spi), evidence: at(tunnel, held, sa.line) });
  }
  return found;
}

/** Also that there is none ("0x0"). */
function tellsOfSpis({ outboundSpi, sas }: IpsecFlow): boolean {
  return outboundSpi !== undefined || sas.length === 0 || sas.some(({ spi }) => spi !== undefined);
}

function crossing(sent: readonly Spi[], received: readonly Spi[]): Evidence[] | undefined {
  const byName = new Map(received.map((item) => [item.spi, item.evidence]));
  for (const { spi, evidence } of sent) {
    const other = byName.get(spi);
    if (other) return [evidence, other];
  }
  return undefined;
}

function isSpi(spi: string | undefined): spi is string {
  return spi !== undefined && !/^0x0*$/i.test(spi);
}

function nameOf(spi: string): string {
  return spi.toLowerCase().replace(/^0x0*/, "");
}

/** Senders that are told, again and again, that their packets are too large for the tunnel. */
import type { LogEvent } from "../../domain/readings/log.ts";
import { NOT_KNOWN, type Question, yes } from "../answer.ts";
import { areOfFlows } from "../compare/flow.ts";
import { protectedFlows } from "../compare/protected-flows.ts";
import type { Held } from "../known.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";

/** A sender that hears of the size keeps to it from then on; one more may have been on its way (RFC 1191 section 4). */
const NOT_HEARD = 3;

export const PACKET_SIZE_QUESTIONS: Readonly<Record<string, Question>> = {
  "senders-do-not-learn-the-path-mtu": (tunnel) => {
    for (const end of bothEnds(tunnel)) {
      const told = new Map<string, Held<LogEvent>[]>();
      for (const event of tooLarge(tunnel, end)) {
        const pair = `${event.item.captures["source"]} ${event.item.captures["destination"]}`;
        told.set(pair, [...(told.get(pair) ?? []).slice(1 - NOT_HEARD), event]);
      }
      const again = [...told.values()].find(({ length }) => length >= NOT_HEARD);
      if (!again) continue;
      const evidence = again.map(({ paste, item }) => tunnel.lines.evidence(paste, item.line));
      return yes(evidence, { side: "both" });
    }
    return NOT_KNOWN;
  },
};

/** The largest packet that passes the tunnel whole, in bytes, by what the device told a sender last; undefined: it told none. */
export function toldPathMtu(tunnel: Tunnel, end: EndView): number | undefined {
  const mtu = Number(tooLarge(tunnel, end).at(-1)?.item.captures["mtu"]);
  return Number.isInteger(mtu) ? mtu : undefined;
}

/** What the device said of packets from a protected network to the far one. */
function tooLarge(tunnel: Tunnel, end: EndView): readonly Held<LogEvent>[] {
  const all = end.events.filter(({ item }) => item.signature === "packet-larger-than-the-path");
  const flows = all.length > 0 ? (protectedFlows(tunnel, end) ?? []) : [];
  return all.filter(
    ({ item: { captures } }) => areOfFlows(flows, captures["source"], captures["destination"]) === true,
  );
}

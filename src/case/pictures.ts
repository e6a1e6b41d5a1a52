/** What the pictures of a case show: the path, the two ends, the negotiations in its logs. */
import type { HandOffTemplate } from "../domain/hand-off.ts";
import type { NamedEnds } from "../domain/named-ends.ts";
import type {
  AttemptDrawn,
  AttemptsPicture,
  DirectionDrawn,
  EndsPicture,
  PathPicture,
  Picture,
} from "../domain/picture.ts";
import type { Attempt } from "../domain/readings/log.ts";
import { pathStages } from "../speech/diagnosis.ts";
import { nameOf } from "../speech/names.ts";
import { type FlowTraffic, mirroredFlow, trafficOf } from "../tunnel/traffic.ts";
import type { Diagnosis } from "../verdict/diagnose.ts";

/** The latest so many; earlier ones are counted. */
const MOST_ATTEMPTS = 8;

/** Those for which there is something to show; the path always. The far side sees addresses, and nothing of our logs. */
export function picturesFor(diagnosis: Diagnosis, template: HandOffTemplate): Picture[] {
  const isFar = template === "far-side";
  const ends = isFar ? withoutHosts(diagnosis.ends) : diagnosis.ends;
  const between = endsPicture(diagnosis, ends);
  const logs = isFar ? [] : attemptsPictures(diagnosis, ends);
  return [pathPicture(diagnosis), ...(between ? [between] : []), ...logs];
}

function withoutHosts({ local, remote }: NamedEnds): NamedEnds {
  return {
    local: { own: local.own ?? "our end", platform: "unknown" },
    remote: { own: remote.own ?? "your end", platform: "unknown" },
  };
}

function pathPicture(diagnosis: Diagnosis): PathPicture {
  return { kind: "path", stages: pathStages(diagnosis).map(({ name, mark }) => ({ name, mark })) };
}

/** undefined while nothing is known of either direction. */
function endsPicture({ tunnel, path, verdict }: Diagnosis, ends: NamedEnds): EndsPicture | undefined {
  const end = (side: "local" | "remote") => ({ name: nameOf(side, ends), address: ends[side].own ?? "" });
  const noSa = path.slice(0, 2).some(({ answer }) => answer === false);
  const base = { kind: "ends", local: end("local"), remote: end("remote") } as const;
  if (noSa) return { ...base, out: { state: "no-sa" }, back: { state: "no-sa" }, isDifference: false };
  const [here] = trafficOf(tunnel, tunnel.local).filter(({ hasSa }) => hasSa !== false);
  const there =
    here === undefined
      ? trafficOf(tunnel, tunnel.remote).find(({ hasSa }) => hasSa !== false)
      : mirroredFlow(tunnel, here);
  if (here === undefined && there === undefined) return undefined;
  const isWell = verdict.verdict === "healthy";
  return {
    ...base,
    out: direction(packets(here, "encrypted"), packets(there, "decrypted"), isWell),
    back: direction(packets(there, "encrypted"), packets(here, "decrypted"), isWell),
    isDifference: isDifference(here) && isDifference(there),
  };
}

function isDifference(flow: FlowTraffic | undefined): boolean {
  return flow === undefined || flow.isDifference;
}

/** Where a device counts bytes, only that there were none is a number of packets. */
function packets(flow: FlowTraffic | undefined, way: "encrypted" | "decrypted"): number | undefined {
  const count = flow?.[way];
  return flow?.isOfBytes && count !== 0 ? undefined : count;
}

function direction(sent: number | undefined, arrived: number | undefined, isWell: boolean): DirectionDrawn {
  const counts = { sent, arrived };
  if (arrived !== undefined && arrived > 0) return { ...counts, state: "arrives" };
  if (sent === 0) return { ...counts, state: "not-sent" };
  if (arrived === 0 && sent !== undefined) return { ...counts, state: "lost" };
  if (arrived === 0) return { ...counts, state: "nothing" };
  return { ...counts, state: isWell && sent !== undefined ? "arrives" : "unknown" };
}

function attemptsPictures({ tunnel }: Diagnosis, ends: NamedEnds): AttemptsPicture[] {
  return (["local", "remote"] as const).flatMap((side) => {
    const { attempts } = tunnel[side];
    if (attempts.length === 0) return [];
    const drawn = attempts.slice(-MOST_ATTEMPTS).map(({ item }) => attemptDrawn(item));
    return [
      { kind: "attempts" as const, end: nameOf(side, ends), attempts: drawn, left: attempts.length - drawn.length },
    ];
  });
}

function attemptDrawn(attempt: Attempt): AttemptDrawn {
  const { role, phase1CompleteLine, phase2StartedLine, phase2CompleteLine, heardFromPeerLine, events, furthestState } =
    attempt;
  const reached =
    phase2CompleteLine !== undefined
      ? 4
      : phase2StartedLine !== undefined
        ? 3
        : phase1CompleteLine !== undefined
          ? 2
          : heardFromPeerLine !== undefined
            ? 1
            : 0;
  const ended = events.findLast(({ noise }) => noise !== true);
  const outcome = reached === 4 ? "up" : ended === undefined ? "open" : "failed";
  return {
    time: events.find(({ time }) => time !== undefined)?.time ?? "",
    begun: role === "responder" ? "begun by the peer" : role === "initiator" ? "begun here" : "",
    reached,
    outcome,
    words:
      outcome === "up"
        ? "up"
        : ended !== undefined
          ? `ended by: ${inWords(ended.signature)}`
          : `at ${furthestState ?? "its beginning"}`,
  };
}

/** "no-ike-offers-accepted" → "no IKE offers accepted" */
function inWords(signature: string): string {
  return signature
    .replaceAll("-", " ")
    .replace(/\b(?:ike|sa|spi|dpd|nat)\b/g, (word) => word.toUpperCase())
    .replace(/\bipsec\b/g, "IPsec");
}

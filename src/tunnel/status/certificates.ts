/** Are the certificates in date, by the clock of the device that holds them, and are they all there? */
import type { Certificate, Clock, DeviceTime } from "../../domain/readings/certificate.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";

/** Zones of the world lie so far apart: times of two zones tell no more. */
const BETWEEN_ZONES = 26 * 3600;
/** Trust points that the system makes for itself: for its web page, its licence, its maker; the bundle of known authorities. */
const OF_THE_SYSTEM =
  /^(?:TP-self-signed|SLA-TrustPoint|CISCO_IDEVID|ASDM_|_SmartCallHome|_internal|(?:\w{1,40}_)?Trustpool\d{0,4}$)/i;

export const CERTIFICATE_QUESTIONS: Readonly<Record<string, Question>> = {
  "certificate-has-expired": (tunnel) => hasExpired(tunnel),
  "authority-certificate-has-expired": (tunnel) => hasExpired(tunnel, ["ca"]),
  "certificate-is-not-yet-valid": isNotYetValid,
  "certificate-dates-are-wrong": datesAreWrong,
  "trust-point-lacks-a-certificate": trustPointLacksOne,
};

/** The trust points that the tunnel can use: those that profiles name, else all but the system's own. */
export function trustPointsOf(end: EndView): string[] {
  const named = (end.profiles?.items ?? []).flatMap(({ item }) => item.trustPoints ?? []);
  const shown = [
    ...(end.certificates.at(-1)?.item.certificates ?? []).flatMap(({ trustPoints }) => trustPoints),
    ...(end.trustPoints.at(-1)?.item.trustPoints ?? []).map(({ name }) => name),
  ];
  return [...new Set(named.length > 0 ? named : shown.filter((name) => !OF_THE_SYSTEM.test(name)))];
}

/** Whether one moment is before another for certain. */
function isBefore(one: DeviceTime, other: DeviceTime): boolean {
  const slack = one.zone !== undefined && one.zone === other.zone ? 0 : BETWEEN_ZONES;
  return one.wallSeconds + slack < other.wallSeconds;
}

/**
 * Yes: all certificates with which an end can prove itself, or all by which it can judge the peer's, are out of date by its
 * own clock. One that is in date may be the one in use.
 */
function datesAre(
  tunnel: Tunnel,
  field: "notBefore" | "notAfter",
  isOut: (clock: Clock, date: DeviceTime) => boolean,
  uses: readonly Certificate["use"][] = ["own", "ca"],
): Answer {
  let fine: Answer = NOT_KNOWN;
  for (const end of bothEnds(tunnel)) {
    const [held, clock] = [end.certificates.at(-1), end.clocks.at(-1)];
    if (!held || !clock) continue;
    const usable = usableCertificates(end, held);
    for (const use of uses) {
      const dated = usable.filter((one) => one.use === use);
      const out = dated.filter((one) => one[field] !== undefined && isOut(clock.item, one[field]));
      const [first] = out;
      if (first && out.length === dated.length)
        return yes([at(tunnel, held, first.at[field] ?? first.line), at(tunnel, clock, clock.item.line)], {
          side: end.side,
        });
    }
    if (usable.length > 0 && fine.is === undefined)
      fine = no(usable.slice(0, 2).map((one) => at(tunnel, held, one.at[field] ?? one.line)));
  }
  return fine;
}

function usableCertificates(end: EndView, { item }: Held<{ readonly certificates: readonly Certificate[] }>) {
  const names = trustPointsOf(end);
  return item.certificates.filter(
    ({ trustPoints, status = "Available" }) =>
      /^Available/i.test(status) && trustPoints.some((name) => names.includes(name)),
  );
}

function hasExpired(tunnel: Tunnel, uses?: readonly Certificate["use"][]): Answer {
  return datesAre(tunnel, "notAfter", (clock, end) => isBefore(end, clock), uses);
}

function isNotYetValid(tunnel: Tunnel): Answer {
  return datesAre(tunnel, "notBefore", (clock, start) => isBefore(clock, start));
}

function datesAreWrong(tunnel: Tunnel): Answer {
  const answers = [hasExpired(tunnel), isNotYetValid(tunnel)];
  return answers.find(({ is }) => is === true) ?? answers.find(({ is }) => is === false) ?? NOT_KNOWN;
}

/** Yes: no trust point of an end has both its authority's certificate and one of its own. */
function trustPointLacksOne(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const held = end.trustPoints.at(-1);
    const names = trustPointsOf(end);
    const shown = (held?.item.trustPoints ?? []).filter(({ name }) => names.includes(name));
    const lacking = shown.filter(({ hasAuthority, hasOwn }) => hasAuthority === false || hasOwn === false);
    const [first] = lacking;
    if (held && first && lacking.length === shown.length) {
      const field = first.hasAuthority === false ? "hasAuthority" : "hasOwn";
      return yes([at(tunnel, held, first.line), at(tunnel, held, first.at[field] ?? first.line)], { side: end.side });
    }
    const list = end.certificates.at(-1);
    const own = list?.item.certificates.filter(
      ({ use, trustPoints }) => use === "own" && !trustPoints.every((name) => OF_THE_SYSTEM.test(name)),
    );
    const waiting = own?.find(({ status }) => status !== undefined && /^Pending/i.test(status));
    if (list && waiting && own?.length === 1)
      return yes([at(tunnel, list, waiting.at["status"] ?? waiting.line)], { side: end.side });
  }
  return NOT_KNOWN;
}

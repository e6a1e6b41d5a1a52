/** Readings in a line or two each, for people. */
import { formatNetwork } from "../domain/network.ts";
import type { CapturedStream } from "../domain/readings/capture.ts";
import type { DeviceTime } from "../domain/readings/certificate.ts";
import type { ReadingValue } from "../domain/readings/index.ts";
import type { IpsecFlow, Selector } from "../domain/readings/ipsec.ts";

/** At most this many records of a kind are listed; the rest is counted. */
const LISTED = 6;

/** What a reading says, shortest first things first; empty where there is nothing to say. */
export function factLines(value: ReadingValue): string[] {
  switch (value.kind) {
    case "ike-sas":
      return listed(value.sas, "no IKE SA", (sa) => {
        const ends = [sa.initiator ?? sa.local, sa.responder ?? sa.remote].filter(Boolean).join(" → ");
        const suite = [sa.encryption, sa.integrity, sa.dhGroup && `group ${sa.dhGroup}`].filter(Boolean).join(", ");
        return `IKE SA ${[ends, sa.state ?? sa.status, sa.standing, suite, dpdWords(sa.dpd)].filter(Boolean).join(" · ")}`;
      });
    case "ike-policies":
      return listed(
        value.policies.filter(({ isDefault }) => !isDefault),
        "no IKE policy of its own",
        (policy) =>
          `IKE policy ${policy.priority} · ${policy.encryption}, ${policy.integrity}, ${policy.auth}, group ${policy.dhGroup}`,
      );
    case "ike-keys":
      return listed(value.keys, "no key", (key) => `key for ${key.address ?? key.hostname ?? "?"} · not kept`);
    case "ipsec-sas":
      return listed(value.flows, "no IPsec SA", flowLine);
    case "transform-sets":
      return listed(
        value.sets,
        "no transform set",
        ({ name, text, mode }) => `transform set ${name} · ${text} · ${mode}`,
      );
    case "crypto-sessions":
      return listed(
        value.sessions,
        "no crypto session",
        ({ peer, status, flows }) => `session with ${peer ?? "?"} · ${status ?? "?"} · ${flows.length} flows`,
      );
    case "crypto-maps":
      return listed(
        value.maps.flatMap(({ entries }) => entries),
        "no crypto map",
        ({ map, sequence, peers, aclName }) =>
          `crypto map ${map} ${sequence} · peer ${peers.join(", ") || "none"} · ACL ${aclName ?? "none"}`,
      );
    case "access-lists":
      return listed(
        value.lists,
        "no such access list",
        ({ name, entries }) => `access list ${name} · ${entries.length} entries`,
      );
    case "routes":
      if (value.notInTableLine !== undefined) return [`no route to ${value.asked ?? "it"}`];
      return listed(value.routes, "no route", ({ network, via, source }) => {
        const hops = via.map(({ nextHop, interface: name }) => [nextHop, name].filter(Boolean).join(" on ")).join(", ");
        return `route ${formatNetwork(network)}${source === undefined ? "" : ` · ${source}`}${hops === "" ? "" : ` · via ${hops}`}`;
      });
    case "forwarding":
      return listed(value.entries, "no CEF entry", ({ network, nextHops, drops }) => {
        const hops = nextHops
          .map(({ nextHop, interface: name }) => [nextHop, name].filter(Boolean).join(" on "))
          .join(", ");
        return `CEF ${formatNetwork(network)}${drops === undefined ? "" : ` · ${drops}`}${hops === "" ? "" : ` · ${hops}`}`;
      });
    case "ping":
      return [
        `ping ${value.target} · ${value.received ?? "?"} of ${value.sent ?? "?"} answered${value.bytes ? ` · ${value.bytes} bytes` : ""}`,
      ];
    case "captures":
      return listed(
        value.streams.filter(({ what }) => what !== "other"),
        "no packet captured",
        streamLine,
      );
    case "nat-translations":
      return [`${value.translations.length} NAT translations`];
    case "interfaces":
      return [`${value.interfaces.length} interfaces`];
    case "static-routes":
      return [`${value.routes.length} static routes`];
    case "nat-rules":
      return [`${value.rules.length} NAT rules`];
    case "security-zones":
      return [`${value.zones.length} zones`];
    case "security-policies":
      return [`${value.policies.length} security policies`];
    case "ike-peers":
      return listed(
        value.peers,
        "no IKE peer",
        ({ address, dpd }) => `IKE peer ${address}${dpd?.sentAndWaiting ? " · DPD waits for an answer" : ""}`,
      );
    case "packet-trace": {
      const became = value.dropReason === undefined ? (value.action ?? "cut off") : `dropped: ${value.dropReason}`;
      const phases = value.phases.map(({ type, subtype }) => [type, subtype].filter(Boolean).join(" ")).join(", ");
      return [`packet ${value.source ?? "?"} → ${value.destination ?? "?"} · ${phases || "no phases"} · ${became}`];
    }
    case "path-trace": {
      const last = value.hops.findLast(({ address }) => address !== undefined);
      const mtu = value.pathMtu === undefined ? undefined : `path MTU ${value.pathMtu}`;
      const where = last === undefined ? "nobody answers" : `last answer from ${last.address} at hop ${last.hop}`;
      return [[`trace to ${value.target ?? "?"}`, where, mtu].filter(Boolean).join(" · ")];
    }
    case "host-filter":
      return [
        `filter of ${value.on === "forwarded" ? "what is passed on" : "the host"} · ${value.rules.length} rules · ${value.dropsTheRest ? "drops" : "accepts"} the rest`,
      ];
    case "kernel-policies":
      return listed(
        value.policies,
        "no policy",
        ({ direction, source, destination, to }) =>
          `policy ${direction} · ${formatNetwork(source)} → ${formatNetwork(destination)} · ${to ?? "no tunnel"}`,
      );
    case "nhrp-mappings":
      return listed(
        value.mappings,
        "no NHRP mapping",
        ({ tunnel, nbma, type }) => `NHRP ${tunnel ?? "?"} · behind ${nbma ?? "?"} · ${type ?? "?"}`,
      );
    case "drop-counters":
      return listed(
        value.counters.filter(({ count }) => count > 0),
        "nothing dropped",
        ({ name, count }) => `dropped ${count} · ${name}`,
      );
    case "certificates":
      return listed(value.certificates, "no certificate", ({ use, status, notAfter, trustPoints }) => {
        const until = notAfter === undefined ? undefined : `until ${dayOf(notAfter)}`;
        const whose = use === "own" ? "certificate of its own" : "authority's certificate";
        return [whose, ...trustPoints, status, until].filter(Boolean).join(" · ");
      });
    case "trust-points":
      return listed(value.trustPoints, "no trust point", ({ name }) => `trust point ${name}`);
    case "clock":
      return [`clock · ${dayOf(value)}${value.isSet ? "" : " · never set"}`];
    case "log":
      return [`${value.attempts.length} negotiation attempts, ${value.events.length} telling lines`];
    case "typed":
      return [`typed: ${value.command}`];
    default:
      return [];
  }
}

function flowLine({ localIdent, remoteIdent, peer, counters, outboundSpi }: IpsecFlow): string {
  const proxies = [localIdent, remoteIdent].map(selectorName).join(" ↔ ");
  const counts = `encaps ${counters.encaps ?? "?"}, decaps ${counters.decaps ?? "?"}`;
  const spi = outboundSpi === undefined || /^0x0+$/i.test(outboundSpi) ? "no SA" : `outbound SPI ${outboundSpi}`;
  return `flow ${proxies} · peer ${peer ?? "?"} · ${spi} · ${counts}`;
}

/** The day on the device's wall: "2026-03-01". */
function dayOf({ wallSeconds }: DeviceTime): string {
  return new Date(wallSeconds * 1000).toISOString().slice(0, 10);
}

/** Who sent what to whom, how often. */
function streamLine({ what, from, to, port, exchange, isResponse, error, packets }: CapturedStream): string {
  const kind = what === "icmp-error" ? `ICMP ${error ?? "error"}` : what === "udp-4500" ? "UDP 4500" : what;
  const where = port === undefined || what === "udp-4500" ? "" : ` on UDP ${port}`;
  const said = [exchange, isResponse && "response"].filter(Boolean).join(" ");
  return `${from} → ${to} · ${kind}${where}${said === "" ? "" : ` · ${said}`} · ${packets} packets`;
}

function selectorName(selector: Selector | undefined): string {
  return selector ? formatNetwork(selector.network) : "?";
}

function dpdWords(dpd: boolean | undefined): string {
  return dpd === undefined ? "" : dpd ? "DPD" : "no DPD";
}

function listed<T>(items: readonly T[], none: string, line: (item: T) => string): string[] {
  if (items.length === 0) return [none];
  const lines = items.slice(0, LISTED).map(line);
  return items.length > LISTED ? [...lines, `… and ${items.length - LISTED} more`] : lines;
}

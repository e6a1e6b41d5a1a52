/** An entry of `config vpn ipsec phase2-interface`. */
import { ANY_IPV4, hostNetwork, type Network, networkFromRange } from "../../../domain/network.ts";
import type { ConnectionChild, EspProposal } from "../../../domain/readings/connection.ts";
import type { Selector } from "../../../domain/readings/ipsec.ts";
import { suiteOf } from "../algorithms.ts";
import { maskedNetwork, type Objects } from "./networks.ts";
import { type Entry, linesOf, wordOf } from "./sections.ts";

export function childOf(entry: Entry, objects: Objects): ConnectionChild {
  const isBySeconds = wordOf(entry, "keylife-type") !== "kbs";
  const kilobytes = /^(?:kbs|both)$/.test(wordOf(entry, "keylife-type") ?? "")
    ? wordOf(entry, "keylifekbs")
    : undefined;
  const isOff = wordOf(entry, "replay") === "disable";
  const local = selectorsOf(entry, "src", objects);
  const remote = selectorsOf(entry, "dst", objects);
  return {
    name: entry.name ?? "",
    line: entry.line,
    mode: wordOf(entry, "encapsulation") === "transport-mode" ? "transport" : "tunnel",
    ...(local && { local }),
    ...(remote && { remote }),
    proposals: espProposalsOf(entry),
    ...(isBySeconds && { lifetimeSeconds: Number(wordOf(entry, "keylifeseconds") ?? 43_200) }),
    ...(kilobytes !== undefined && { lifetimeKilobytes: Number(kilobytes) }),
    startAction: wordOf(entry, "auto-negotiate") === "enable" ? "start" : "on-traffic",
    ...(isOff && { replayWindow: 0 }),
    at: linesOf(entry, {
      local: lineName(entry, "src"),
      remote: lineName(entry, "dst"),
      mode: "encapsulation",
      pfs: entry.settings.has("pfs") ? "pfs" : "dhgrp",
      proposals: "proposal",
      lifetimeSeconds: "keylifeseconds",
      lifetime: "keylifeseconds",
      startAction: "auto-negotiate",
      replayWindow: "replay",
    }),
  };
}

function lineName(entry: Entry, side: "src" | "dst"): string {
  return (
    [`${side}-subnet`, `${side}-name`, `${side}-start-ip`].find((name) => entry.settings.has(name)) ?? `${side}-subnet`
  );
}

/** Undefined where the networks are not known: an object that was not shown, IPv6, a range that is no network. */
function selectorsOf(entry: Entry, side: "src" | "dst", objects: Objects): Selector[] | undefined {
  const networks = networksOf(entry, side, objects);
  const protocol = Number(wordOf(entry, "protocol") ?? 0);
  const port = Number(wordOf(entry, `${side}-port`) ?? 0);
  return networks?.map((network) => ({ network, protocol, port }));
}

function networksOf(entry: Entry, side: "src" | "dst", objects: Objects): readonly Network[] | undefined {
  const type = wordOf(entry, `${side}-addr-type`) ?? "subnet";
  const of = (name: string) => entry.settings.get(`${side}-${name}`)?.words;
  switch (type) {
    case "subnet": {
      const words = of("subnet");
      const network = words ? maskedNetwork(words) : ANY_IPV4;
      return network && [network];
    }
    case "ip": {
      const network = hostNetwork(of("start-ip")?.[0] ?? "");
      return network && [network];
    }
    case "range": {
      const network = networkFromRange(of("start-ip")?.[0] ?? "", of("end-ip")?.[0] ?? "");
      return network && [network];
    }
    case "name":
      return objects.get(of("name")?.[0] ?? "");
    default:
      return undefined;
  }
}

/** Every suite with every group; without `dhgrp` the groups are the release's default, and not known. */
function espProposalsOf(entry: Entry): EspProposal[] {
  const proposal = entry.settings.get("proposal");
  const groups = entry.settings.get("dhgrp");
  const pfs = entry.settings.get("pfs");
  const isOff = pfs?.words[0] === "disable";
  const pfsGroups = isOff ? [] : groups?.words.map(Number);
  const at = isOff ? pfs.line : groups?.line;
  if (!proposal) return [{ line: entry.line, name: "default", protocol: "esp", isDefault: true }];
  return proposal.words.map((name) => {
    const suite = suiteOf(name);
    if (!suite) return { line: proposal.line, name, protocol: "esp", isDefault: true };
    return {
      line: proposal.line,
      name,
      protocol: "esp",
      encryption: [suite.encryption],
      integrity: [suite.integrity ?? "none"],
      ...(pfsGroups && { pfsGroups }),
      at: { encryption: proposal.line, integrity: proposal.line, ...(at !== undefined && { pfsGroups: at }) },
    };
  });
}

/** Crypto profiles of a configuration: what gateways and tunnels refer to by name. */
import type { EspProposal, IkeProposal } from "../../../domain/readings/connection.ts";
import { panosCipher, panosGroup, panosHash } from "../algorithms.ts";
import { after, listOf, type Path } from "./paths.ts";

export interface Profiles {
  /** The profile's proposal; of one that is not shown only the name is known. `line` is where it is referred to. */
  readonly ike: (name: string | undefined, line: number) => IkeProposal;
  readonly ipsec: (name: string | undefined, line: number) => EspProposal;
  readonly ipsecLifetime: (name: string | undefined) => number | undefined;
}

interface Draft {
  readonly line: number;
  readonly lists: Map<string, string[]>;
  readonly at: Record<string, number>;
  lifetimeSeconds?: number;
}

const UNITS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

export function profilesOf(paths: readonly Path[]): Profiles {
  const ike = collect(paths, "ike-crypto-profiles");
  const ipsec = collect(paths, "ipsec-crypto-profiles");
  return {
    ike: (name = "default", line) => ikeProposal(name, line, ike.get(name)),
    ipsec: (name = "default", line) => espProposal(name, line, ipsec.get(name)),
    ipsecLifetime: (name = "default") => ipsec.get(name)?.lifetimeSeconds,
  };
}

const FIELDS: Readonly<Record<string, string>> = {
  hash: "integrity",
  authentication: "integrity",
  encryption: "encryption",
  "dh-group": "dhGroups",
};

function collect(paths: readonly Path[], kind: string): Map<string, Draft> {
  const found = new Map<string, Draft>();
  for (const path of paths) {
    const [name, ...setting] = after(path, kind) ?? [];
    if (name === undefined || setting.length === 0) continue;
    const draft: Draft = found.get(name) ?? { line: path.line, lists: new Map(), at: {} };
    found.set(name, draft);
    const isAh = setting[0] === "ah";
    const [attribute = "", ...values] = setting[0] === "esp" || isAh ? setting.slice(1) : setting;
    if (attribute === "lifetime") {
      const seconds = Number(values[1]) * (UNITS[values[0] ?? ""] ?? Number.NaN);
      if (!Number.isNaN(seconds)) draft.lifetimeSeconds = seconds;
      continue;
    }
    const field = FIELDS[attribute];
    if (field === undefined) continue;
    const key = isAh ? "ah" : field;
    draft.lists.set(key, [...(draft.lists.get(key) ?? []), ...listOf(values)]);
    draft.at[field === "dhGroups" && kind === "ipsec-crypto-profiles" ? "pfs" : field] ??= path.line;
  }
  return found;
}

function ikeProposal(name: string, line: number, draft: Draft | undefined): IkeProposal {
  if (!draft) return { line, name, ...(name === "default" && { isDefault: true }) };
  return {
    line: draft.line,
    name,
    encryption: draft.lists.get("encryption")?.map(panosCipher),
    integrity: draft.lists.get("integrity")?.flatMap((word) => panosHash(word) ?? []),
    dhGroups: draft.lists.get("dhGroups")?.flatMap((word) => panosGroup(word) || []),
    lifetimeSeconds: draft.lifetimeSeconds,
    at: draft.at,
  };
}

function espProposal(name: string, line: number, draft: Draft | undefined): EspProposal {
  if (!draft) return { line, name, protocol: "esp", ...(name === "default" && { isDefault: true }) };
  const ah = draft.lists.get("ah");
  const groups = draft.lists.get("dhGroups");
  return {
    line: draft.line,
    name,
    protocol: ah ? "ah" : "esp",
    encryption: draft.lists.get("encryption")?.map(panosCipher),
    integrity: (ah ?? draft.lists.get("integrity"))?.flatMap((word) => panosHash(word) ?? []),
    pfsGroups: groups?.flatMap((word) => panosGroup(word) || []),
    at: draft.at,
  };
}

/** Proposals and policies of IKE and IPsec, and the sets that Junos brings. Source: Junos OS, proposal-set (Security IKE, IPsec). */
import type { EspProposal, IkeProposal } from "../../../domain/readings/connection.ts";
import type { Settings } from "../../../domain/set-lines.ts";
import { authMethod, encryptionName, groupNumber, integrityName } from "../algorithms.ts";

type Suite = readonly [encryption: string, integrity: string];
/** Of each set: the pairs, and the Diffie-Hellman group of its IKE proposals. */
const SETS: Readonly<Record<string, { readonly group: number; readonly suites: readonly Suite[] }>> = {
  basic: {
    group: 1,
    suites: [
      ["des", "sha1"],
      ["des", "md5"],
    ],
  },
  compatible: {
    group: 2,
    suites: [
      ["3des", "sha1"],
      ["3des", "md5"],
      ["des", "sha1"],
      ["des", "md5"],
    ],
  },
  standard: {
    group: 2,
    suites: [
      ["3des", "sha1"],
      ["aes-128", "sha1"],
    ],
  },
};

/** What an IKE policy lets be used; without a policy nothing is known. */
export function ikeProposalsOf(policy: Settings | undefined, all: ReadonlyMap<string, Settings>): IkeProposal[] {
  if (!policy) return [];
  const set = policy.all("proposal-set").at(-1);
  const known = SETS[set?.words[0] ?? ""];
  if (set && !known) return [{ line: set.line, name: set.words[0], boundBy: policy.name, isDefault: true }];
  if (set && known)
    return known.suites.map(([encryption, integrity]) => ({
      line: set.line,
      name: set.words[0],
      encryption: [encryption],
      integrity: [integrity],
      dhGroups: [known.group],
      auth: "psk",
      boundBy: policy.name,
    }));
  return policy.all("proposals").flatMap(({ words: [name = ""], line }) => {
    const proposal = all.get(name);
    return [proposal ? ikeProposal(proposal, policy.name) : { line, name, boundBy: policy.name, isDefault: true }];
  });
}

function ikeProposal(proposal: Settings, boundBy: string): IkeProposal {
  const at: Record<string, number> = {};
  const encryption = encryptionName(proposal.value(["encryption-algorithm"], at, "encryption") ?? "");
  const hash = integrityName(proposal.value(["authentication-algorithm"], at, "integrity") ?? "");
  const group = groupNumber(proposal.value(["dh-group"], at, "dhGroups") ?? "");
  const method = proposal.value(["authentication-method"], at, "auth");
  const lifetime = proposal.value(["lifetime-seconds"], at, "lifetimeSeconds");
  const isAead = encryption?.includes("gcm") === true;
  return {
    line: proposal.line,
    name: proposal.name,
    encryption: encryption === undefined ? undefined : [encryption],
    // Beside such a cipher the hash serves the PRF alone.
    integrity: isAead ? ["none"] : hash === undefined ? undefined : [hash],
    prf: isAead && hash !== undefined ? [hash] : undefined,
    dhGroups: group === undefined ? undefined : [group],
    auth: method === undefined ? undefined : authMethod(method),
    lifetimeSeconds: lifetime === undefined ? undefined : Number(lifetime),
    boundBy,
    at,
  };
}

/** What an IPsec policy lets be used, with its group for perfect forward secrecy. */
export function espProposalsOf(policy: Settings | undefined, all: ReadonlyMap<string, Settings>): EspProposal[] {
  if (!policy) return [];
  const set = policy.all("proposal-set").at(-1);
  const keys = policy.all("perfect-forward-secrecy", "keys").at(-1);
  const group = groupNumber(keys?.words[0] ?? "");
  const pfs = group === undefined ? [] : [group];
  const known = SETS[set?.words[0] ?? ""];
  if (set && !known) return [{ line: set.line, name: set.words[0], protocol: "esp", isDefault: true }];
  if (set && known)
    return known.suites.map(([encryption, integrity]) => ({
      line: set.line,
      name: set.words[0],
      protocol: "esp",
      encryption: [encryption],
      integrity: [integrity],
      // The sets' own names speak of a group; what is written beside them counts.
      pfsGroups: group === undefined ? undefined : pfs,
    }));
  return policy.all("proposals").map(({ words: [name = ""], line }) => {
    const proposal = all.get(name);
    if (!proposal) return { line, name, protocol: "esp", isDefault: true };
    return espProposal(proposal, pfs, keys?.line);
  });
}

function espProposal(proposal: Settings, pfsGroups: readonly number[], pfsLine: number | undefined): EspProposal {
  const at: Record<string, number> = {};
  const encryption = encryptionName(proposal.value(["encryption-algorithm"], at, "encryption") ?? "");
  const hash = integrityName(proposal.value(["authentication-algorithm"], at, "integrity") ?? "");
  const integrity = encryption?.includes("gcm") === true ? "none" : hash;
  if (pfsLine !== undefined) at["pfs"] = pfsLine;
  return {
    line: proposal.line,
    name: proposal.name,
    protocol: proposal.value(["protocol"]) === "ah" ? "ah" : "esp",
    encryption: encryption === undefined ? undefined : [encryption],
    integrity: integrity === undefined ? undefined : [integrity],
    pfsGroups,
    at,
  };
}

/** IKEv2's proposals, policies and single global lines. */
import type { IkeProposal } from "../../../domain/readings/connection.ts";
import { dhGroup, encryptionFromConfig, integrityFromWord } from "../ike-words.ts";
import type { Collected, OpenIkeV2Proposal, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

const PROPOSAL = /^crypto ikev2 proposal (?<name>\S{1,100})$/;
const POLICY = /^crypto ikev2 policy (?<name>\S{1,100})$/;
const REMOVED = /^no crypto ikev2 (?<kind>proposal|policy) (?<name>\S{1,100})$/;
const FIELD = /^(?<field>encryption|integrity|prf|group) (?<words>\S.{0,300})$/;
const BOUND = /^proposal (?<name>\S{1,100})$/;
const POLICY_ASIDE = /^(?:match (?:fvrf|address local) |description |no )/;
const PROPOSAL_ASIDE = /^(?:description |no |pqc |addke)/;
const DPD = /^crypto ikev2 dpd (?<seconds>\d{1,5}) (?<retry>\d{1,5}) (?<mode>periodic|on-demand)$/;
const FRAGMENTATION = /^(?<no>no )?crypto ikev2 fragmentation(?: mtu \d{1,5})?$/;
/** Lines that do not bear on whether a tunnel comes up. */
const ASIDE =
  /^(?:no )?crypto ikev2 (?:nat keepalive|cookie-challenge|limit|window|diagnose|certificate-cache|http-url|client|authorization|name-mangler|redirect|cluster|fragmentation|cts|logging|reconnect|disconnect-revoked-peers)\b/;

export function takeIkeV2Setting(statement: Statement, collected: Collected): Taken {
  const { text, line } = statement;
  const removed = REMOVED.exec(text)?.groups;
  if (removed) {
    const kept = removed["kind"] === "proposal" ? collected.ikeV2Proposals : collected.ikeV2Policies;
    kept.delete(removed["name"] ?? "");
    return "read";
  }
  const proposal = PROPOSAL.exec(text)?.groups?.["name"];
  if (proposal !== undefined) {
    const open = collected.ikeV2Proposals.get(proposal) ?? { name: proposal, line, at: {} };
    collected.ikeV2Proposals.set(proposal, open);
    return { mode: "ikev2-proposal", tellsUnread: true, read: (field) => readField(open, field) };
  }
  const policy = POLICY.exec(text)?.groups?.["name"];
  if (policy !== undefined) {
    const bound = collected.ikeV2Policies.get(policy) ?? [];
    collected.ikeV2Policies.set(policy, bound);
    return {
      mode: "ikev2-policy",
      tellsUnread: true,
      read: ({ text: field }) => {
        const name = BOUND.exec(field)?.groups?.["name"];
        if (name !== undefined) bound.push(name);
        return name !== undefined || POLICY_ASIDE.test(field);
      },
    };
  }
  return takeLine(collected, text, line);
}

function takeLine({ settings, ikeV2 }: Collected, text: string, line: number): Taken {
  const dpd = DPD.exec(text)?.groups;
  if (dpd) {
    ikeV2.dpd = { seconds: Number(dpd["seconds"]), line };
    return "read";
  }
  const fragmentation = FRAGMENTATION.exec(text);
  if (fragmentation) {
    settings.fragmentation = fragmentation.groups?.["no"] === undefined;
    settings.at["fragmentation"] = line;
    return "read";
  }
  return ASIDE.test(text) ? "read" : undefined;
}

function readField(open: OpenIkeV2Proposal, { text, line }: Statement): boolean {
  const groups = FIELD.exec(text)?.groups;
  if (!groups) return PROPOSAL_ASIDE.test(text);
  const words = (groups["words"] ?? "").split(" ").filter(Boolean);
  switch (groups["field"]) {
    case "encryption":
      open.encryption = words.map(encryptionFromConfig);
      open.at["encryption"] = line;
      return true;
    case "integrity":
      open.integrity = words.map(integrityFromWord);
      open.at["integrity"] = line;
      return true;
    case "prf":
      open.prf = words.map(integrityFromWord);
      open.at["prf"] = line;
      return true;
    default: {
      const numbers = words.map(dhGroup);
      open.dhGroups = numbers.flatMap((number) => number ?? []);
      open.at["dhGroups"] = line;
      return !numbers.includes(undefined);
    }
  }
}

/**
 * The proposals that the device uses: those that a policy names. Without any policy of its own it uses the default one, so
 * that its own proposals count only in a piece of a configuration, whose policy was not pasted.
 */
export function proposalsInUse({ ikeV2Proposals, ikeV2Policies }: Collected, isPiece: boolean): IkeProposal[] {
  const bound = new Map([...ikeV2Policies].flatMap(([policy, names]) => names.map((name) => [name, policy])));
  return [...ikeV2Proposals.values()]
    .filter(({ name }) => bound.has(name) || (isPiece && bound.size === 0))
    .flatMap((open) => finished(open, bound.get(open.name)) ?? []);
}

/** Undefined while the cipher or the group is missing: such a proposal is incomplete, or its lines were not pasted. */
function finished(open: OpenIkeV2Proposal, policy: string | undefined): IkeProposal | undefined {
  const { name, line, encryption, integrity, prf, dhGroups, at } = open;
  if (encryption === undefined || dhGroups === undefined) return undefined;
  const isAead = encryption.every((cipher) => cipher.includes("gcm"));
  if (!isAead && integrity === undefined) return undefined;
  return {
    line,
    name,
    encryption,
    integrity: isAead ? ["none"] : integrity,
    // Cisco IOS Security Command Reference, "prf": where it is not written, the integrity algorithms serve as PRF.
    prf: prf ?? integrity,
    dhGroups,
    ...(policy !== undefined && { boundBy: policy }),
    at,
  };
}

/** Blanks about IKEv2: the proposal that would make a pair, the key's block in its keyring, the identity to expect. */
import type { Side } from "../../domain/ids.ts";
import { canonicalAddress } from "../../domain/network.ts";
import type { IkeKey } from "../../domain/readings/ike.ts";
import { connectionForPeer } from "../../tunnel/compare/connection.ts";
import { identitiesAgree } from "../../tunnel/compare/identities.ts";
import { closestIkePair } from "../../tunnel/compare/ike-policies.ts";
import type { IkeSuite } from "../../tunnel/compare/ike-suite.ts";
import { keyCoverage } from "../../tunnel/compare/key-coverage.ts";
import { entryForPeer } from "../../tunnel/compare/map-entry.ts";
import { otherSide, type Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { freeName } from "./ios-words.ts";

/** What we advise where nothing is known of the other end's proposals (RFC 8247). */
const RECOMMENDED = { encryption: ["aes-256"], integrity: ["sha256"], dhGroup: ["19", "14"] } as const;

export function ikeV2Blanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const theirs = closestIkePair(tunnel)?.[otherSide(side)].values ?? {};
  return {
    "ikev2-proposal-to-add": proposalLines(end, theirs).join("\n"),
    "ikev2-group-lines": groupLines(end, theirs).join("\n"),
    "ikev2-psk-lines": keyLines(end).join("\n"),
    "ikev2-profile": profileName(end),
    "ikev2-peer-identity": peerIdentity(tunnel, side),
  };
}

/** A proposal of its own like the other end's, and the policy that lets it be used. */
function proposalLines(end: EndView, theirs: IkeSuite["values"]): string[] {
  const { encryption = RECOMMENDED.encryption, integrity, prf, dhGroup = RECOMMENDED.dhGroup } = theirs;
  const hashes = (integrity ?? RECOMMENDED.integrity).filter((hash) => hash !== "none");
  const isAead = encryption.every((cipher) => cipher.includes("gcm"));
  const prfs = prf ?? (isAead ? RECOMMENDED.integrity : undefined);
  const sameAsHashes = prfs?.join() === hashes.join();
  const name = freeName(
    nameFor(end),
    (end.ikeProposals?.items ?? []).flatMap(({ item }) => item.name ?? []),
  );
  return [
    `crypto ikev2 proposal ${name}`,
    ` encryption ${encryption.map(iosIkeV2Cipher).join(" ")}`,
    ...(isAead ? [] : [` integrity ${hashes.join(" ")}`]),
    ...(prfs && !(sameAsHashes && !isAead) ? [` prf ${prfs.join(" ")}`] : []),
    ` group ${dhGroup.join(" ")}`,
    `crypto ikev2 policy ${policyName(end) ?? "<the policy in use>"}`,
    ` proposal ${name}`,
  ];
}

/** The groups that the proposal has, and the other end's first behind them: the line replaces what it had. */
function groupLines(end: EndView, { dhGroup = RECOMMENDED.dhGroup }: IkeSuite["values"]): string[] {
  const own = (end.ikeProposals?.items ?? []).filter(({ item }) => item.isDefault !== true);
  const [only, ...others] = own;
  const groups = others.length === 0 ? (only?.item.dhGroups ?? []).map(String) : [];
  const added = dhGroup.filter((group) => !groups.includes(group)).slice(0, 1);
  const name = others.length === 0 ? only?.item.name : undefined;
  return [`crypto ikev2 proposal ${name ?? "<the proposal in use>"}`, ` group ${[...groups, ...added].join(" ")}`];
}

function policyName(end: EndView): string | undefined {
  const names = new Set((end.ikeProposals?.items ?? []).flatMap(({ item }) => item.boundBy ?? []));
  return names.size === 1 ? [...names][0] : undefined;
}

/** "aes-256" → "aes-cbc-256". */
function iosIkeV2Cipher(name: string): string {
  return name.replace(/^aes-(\d+)$/, "aes-cbc-$1");
}

/** The lines that give the peer a key: in the profile where it has keys of its own, else in its keyring. */
function keyLines(end: EndView): string[] {
  const key = keyInUse(end);
  const profile = profileName(end);
  const keyring = key?.keyring ?? end.profiles?.items.find(({ item }) => item.name === profile)?.item.keyring;
  if (keyring?.startsWith("profile ") === true)
    return [
      `crypto ikev2 profile ${keyring.slice("profile ".length)}`,
      " authentication local pre-share key NEW-KEY",
      " authentication remote pre-share key NEW-KEY",
    ];
  const isHost = key !== undefined && keyCoverage(key, end.peer ?? "")?.isHost === true;
  const taken = (end.keys?.items ?? []).flatMap(({ item }) => item.block ?? []);
  const block = isHost ? key.block : freeName(nameFor(end), taken);
  const secrets =
    isHost && key.use !== undefined
      ? ["  pre-shared-key local NEW-KEY", "  pre-shared-key remote NEW-KEY"]
      : ["  pre-shared-key NEW-KEY"];
  return [
    `crypto ikev2 keyring ${keyring ?? "<the profile's keyring>"}`,
    ` peer ${block ?? "<the peer's block>"}`,
    ...(isHost ? [] : [`  address ${end.peer ?? "<peer>"}`]),
    ...secrets,
  ];
}

function keyInUse(end: EndView): IkeKey | undefined {
  let best: IkeKey | undefined;
  let length = -1;
  for (const { item } of end.keys?.items ?? []) {
    const found = item.version === 2 ? keyCoverage(item, end.peer ?? "")?.length : undefined;
    if (found === undefined || found <= length) continue;
    best = item;
    length = found;
  }
  return best;
}

/** A name for what is made for this peer. */
function nameFor({ peer }: EndView): string {
  return peer === undefined ? "TO-PEER" : `TO-${peer.replace(/[.:]+/g, "-")}`;
}

/** The IKEv2 profile of the map entry, or of the IPsec profile that protects the tunnel interface. */
function profileName(end: EndView): string | undefined {
  const entry = entryForPeer(end);
  const child = connectionForPeer(end)?.item.children[0];
  const ofTunnel = end.mapEntries?.items.find(({ item }) => item.type === "profile" && item.map === child?.name);
  const named = entry?.item.profile ?? ofTunnel?.item.profile;
  if (named !== undefined) return named;
  const all = (end.profiles?.items ?? []).filter(({ item }) => item.version === 2);
  return all.length === 1 ? all[0]?.item.name : undefined;
}

/** What the peer calls itself, in the words of "match identity remote". */
function peerIdentity(tunnel: Tunnel, side: Side): string | undefined {
  const end = tunnel[side];
  const [difference] = identitiesAgree(tunnel).differs ?? [];
  const refused = end.events.findLast(({ item }) => item.signature === "identity-refused");
  const shown = difference?.[otherSide(side)] ?? refused?.item.captures["identity"] ?? end.peer;
  if (shown === undefined) return undefined;
  const address = canonicalAddress(shown);
  if (address === undefined) return shown.includes("@") ? `email ${shown}` : `fqdn ${shown}`;
  return address.includes(":") ? `address ${address}/128` : `address ${address} 255.255.255.255`;
}

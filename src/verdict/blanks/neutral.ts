/**
 * Blanks for every platform: networks in the forms in which devices write them, and what the other end is set to, by our
 * names of algorithms (the platform's words.yaml puts them into its own words).
 */
import type { Side } from "../../domain/ids.ts";
import { maskOf, type Network, prefixLengthOf } from "../../domain/network.ts";
import { connectionForPeer, switchedOffConnections } from "../../tunnel/compare/connection.ts";
import { closestIkePair } from "../../tunnel/compare/ike-policies.ts";
import { knownSuites } from "../../tunnel/compare/ike-policy-list.ts";
import type { IkeAttribute } from "../../tunnel/compare/ike-suite.ts";
import { PFS_OFF, shownPfs } from "../../tunnel/compare/map-attributes.ts";
import { configuredProposals } from "../../tunnel/compare/transform-list.ts";
import { closestTransformPair } from "../../tunnel/compare/transform-sets.ts";
import { shownNames } from "../../tunnel/shown-names.ts";
import { otherSide, type Tunnel } from "../../tunnel/tunnel.ts";
import type { Blanks } from "../fill.ts";
import { protectedNetworks } from "./path.ts";

/** What we advise where nothing is known of the other end (RFC 8247, RFC 8221). */
const RECOMMENDED = { encryption: "aes-256", integrity: "sha256", group: "14", method: "psk" } as const;

export function neutralBlanks(tunnel: Tunnel, side: Side): Blanks {
  const { near, far } = protectedNetworks(tunnel, side);
  const connection = connectionForPeer(tunnel[side])?.item;
  const children = connection?.children ?? [];
  const shown = shownNames(tunnel[side]);
  return {
    ...networkBlanks("near", near),
    ...networkBlanks("far", far),
    ...ikeThere(tunnel, side),
    ...espThere(tunnel, side),
    connection: connection?.name ?? switchedOffConnections(tunnel[side])[0]?.item.name ?? shown.connection,
    // Those of one VPN, one for each pair of its networks, have one name.
    child: onlyOne(children.map(({ name }) => name)) ?? shown.child,
    "ike-policy": connection?.ikePolicy,
    "ipsec-policy": onlyOne(children.map(({ policy }) => policy)),
    "tunnel-interface": connection?.tunnelInterface ?? shown.tunnelInterface,
    "tunnel-number": shown.number,
  };
}

/** The one name that all of them have; undefined where there are several, or none. */
export function onlyOne(names: readonly (string | undefined)[]): string | undefined {
  return new Set(names).size === 1 ? names[0] : undefined;
}

/** "10.1.0.0/16", "10.1.0.0 255.255.0.0", and its two parts. */
function networkBlanks(name: "near" | "far", network: Network | undefined): Blanks {
  const length = network && prefixLengthOf(network);
  const mask = network && maskOf(network);
  return {
    [`${name}-cidr`]: length === undefined ? undefined : `${network?.address}/${length}`,
    [`${name}-netmask-pair`]: mask === undefined ? undefined : `${network?.address} ${mask}`,
    [`${name}-address`]: network?.address,
    [`${name}-netmask`]: mask,
    [`${name}-wildcard-pair`]: network?.family === 4 ? `${network.address} ${network.wildcard}` : undefined,
  };
}

/** Of lists, what stands first; of an end that shows nothing, what we advise. */
function ikeThere(tunnel: Tunnel, side: Side): Blanks {
  // Where this end has nothing to compare with, the other end's first choice.
  const other = tunnel[otherSide(side)];
  const theirs = closestIkePair(tunnel)?.[otherSide(side)] ?? knownSuites(tunnel, other)?.suites[0];
  const first = (attribute: IkeAttribute) => theirs?.values[attribute]?.[0];
  const integrity = first("integrity") ?? RECOMMENDED.integrity;
  return {
    "ike-encryption-there": first("encryption") ?? RECOMMENDED.encryption,
    "ike-integrity-there": integrity,
    // What stands beside the cipher in one word: the hash, and with an AEAD cipher the PRF.
    "ike-hash-there": integrity === "none" ? `prf-${first("prf") ?? RECOMMENDED.integrity}` : integrity,
    "ike-prf-there": first("prf") ?? (integrity === "none" ? RECOMMENDED.integrity : integrity),
    "ike-group-there": first("dhGroup") ?? RECOMMENDED.group,
    "ike-method-there": first("auth") ?? RECOMMENDED.method,
    "ike-lifetime-there": theirs?.lifetimeSeconds === undefined ? undefined : `${theirs.lifetimeSeconds}`,
  };
}

function espThere(tunnel: Tunnel, side: Side): Blanks {
  const other = tunnel[otherSide(side)];
  const theirs = closestTransformPair(tunnel)?.[otherSide(side)] ?? configuredProposals(tunnel, other)?.proposals[0];
  const pfs = shownPfs(tunnel, tunnel[otherSide(side)])?.value.split(", ")[0];
  return {
    "esp-encryption-there": theirs ? (theirs.transform.encryption ?? "null") : RECOMMENDED.encryption,
    "esp-integrity-there": theirs ? (theirs.transform.integrity ?? "none") : RECOMMENDED.integrity,
    "esp-mode-there": theirs?.mode,
    "pfs-group-there": pfs === PFS_OFF ? undefined : pfs,
    "pfs-or-off-there": pfs,
  };
}

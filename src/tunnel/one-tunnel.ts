/** A device that was pasted along and belongs to another tunnel shows nothing of this one. */
import { isPublic } from "./address-kinds.ts";
import type { Clues } from "./clues.ts";
import { areUnrelated } from "./questions.ts";
import { keysAreShared, networksMeet } from "./ties.ts";
import { type Tunnel, withoutFarEnd } from "./tunnel.ts";

/** The tunnel; as if its far end had not been shown, where what was taken for it is plainly another tunnel's. */
export function ofOneTunnel(tunnel: Tunnel): Tunnel {
  return isOfAnother(tunnel) ? withoutFarEnd(tunnel) : tunnel;
}

/**
 * Neither names an address of the other, none of the addresses is a private one that a translation may hide, and neither
 * their protected networks nor their keys have anything in common.
 */
function isOfAnother(tunnel: Tunnel): boolean {
  const { local, remote } = tunnel.ends;
  return (
    (areUnrelated(tunnel) || haveNoAddressInCommon(local, remote)) &&
    isOpen(local) &&
    isOpen(remote) &&
    !networksMeet(tunnel) &&
    !keysAreShared(tunnel)
  );
}

/** A table that does not tell which of its two addresses is the device's own names both all the same. */
function haveNoAddressInCommon(one: Clues, other: Clues): boolean {
  const isWhole = ({ own, peers, pairs }: Clues) => (own.size > 0 && peers.size > 0) || pairs.length > 0;
  const theirs = addressesOf(other);
  return isWhole(one) && isWhole(other) && ![...addressesOf(one)].some((address) => theirs.has(address));
}

function isOpen({ own, peers, pairs }: Clues): boolean {
  const named = [...peers, ...pairs.flat()];
  return (own.size === 0 || [...own].some(isPublic)) && named.every(isPublic);
}

function addressesOf({ own, peers, pairs }: Clues): ReadonlySet<string> {
  return new Set([...own, ...peers, ...pairs.flat()]);
}

/** Of a device's many tunnels, which are in trouble: by the last word on each peer, in one pass over the readings. */
import { canonicalAddress } from "../domain/network.ts";
import type { Reading } from "../domain/readings/index.ts";
import type { IpsecFlow } from "../domain/readings/ipsec.ts";
import type { CryptoSession } from "../domain/readings/session.ts";
import { hasActiveSa } from "./active-sa.ts";

/** From this share of the packets received on, drops are trouble (the same bar as for the finding). */
const DROPS = 0.01;

/** Those of `peers` whose SAs are down, whose traffic goes one way only, or whose packets are dropped; in their order. */
export function peersInTrouble(readings: readonly Reading[], peers: readonly string[]): string[] {
  const known = new Set(peers);
  const fine = new Map<string, boolean>();
  for (const { value } of readings) {
    const seen = new Map<string, boolean>();
    // Several records of one output about one peer: a rekey leaves dead ones beside the living.
    const say = (address: string | undefined, isFine: boolean, all: boolean) => {
      const peer = canonicalAddress(address ?? "");
      if (peer === undefined || !known.has(peer)) return;
      const before = seen.get(peer);
      seen.set(peer, before === undefined ? isFine : all ? before && isFine : before || isFine);
    };
    if (value.kind === "ike-sas") {
      for (const sa of value.sas)
        for (const address of new Set([sa.remote, sa.initiator, sa.responder]))
          say(address, sa.standing === "up", false);
    } else if (value.kind === "crypto-sessions") {
      for (const session of value.sessions) say(session.peer, isSessionFine(session), false);
    } else if (value.kind === "ipsec-sas") {
      for (const flow of value.flows) say(flow.remoteEndpoint ?? flow.peer, isFlowFine(flow), true);
    } else if (value.kind === "log") {
      for (const attempt of value.attempts) say(attempt.peer, attempt.phase2CompleteLine !== undefined, false);
    }
    for (const [peer, isFine] of seen) fine.set(peer, isFine);
  }
  return peers.filter((peer) => fine.get(peer) === false);
}

function isSessionFine({ status, flows }: CryptoSession): boolean {
  if (status !== undefined && status !== "UP-ACTIVE") return false;
  return flows.every(({ encrypted, decrypted }) => !isOneWay(encrypted, decrypted));
}

function isFlowFine(flow: IpsecFlow): boolean {
  if (hasActiveSa(flow) === false) return false;
  const { encaps, encrypt, decaps, decrypt, replayFailed = 0, verifyFailed = 0 } = flow.counters;
  const received = decaps ?? decrypt ?? 0;
  if (isOneWay(encaps ?? encrypt, decaps ?? decrypt)) return false;
  return (
    Math.max(replayFailed, verifyFailed) < DROPS * (received + replayFailed + verifyFailed) ||
    replayFailed + verifyFailed === 0
  );
}

function isOneWay(sent: number | undefined, received: number | undefined): boolean {
  if (sent === undefined || received === undefined) return false;
  return (sent === 0) !== (received === 0);
}

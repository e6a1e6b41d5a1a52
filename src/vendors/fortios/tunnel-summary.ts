/**
 * `get vpn ipsec tunnel summary`: a line for each tunnel, with how many of its phase 2 selectors are up, and counters.
 * Source: FortiOS Administration Guide, "VPN IPsec troubleshooting".
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { CryptoSession } from "../../domain/readings/session.ts";
import { namesOf } from "./tunnel-names.ts";

const ROW =
  /^'(?<name>[^']{1,60})' (?<peer>[0-9a-fA-F.:]{2,45}):(?<port>\d{1,5}) {1,4}selectors ?\(total,up\): (?<total>\d{1,6})\/(?<up>\d{1,6})(?: {1,4}rx ?\(pkt,err\): (?<rx>\d{1,20})\/(?<rxErrors>\d{1,20}))?(?: {1,4}tx ?\(pkt,err\): (?<tx>\d{1,20})\/(?<txErrors>\d{1,20}))?\s*$/;

export const tunnelSummary: Command = {
  run: "get vpn ipsec tunnel summary",
  looksLike: [ROW],
  parse(output: Output): Parsed {
    const sessions: CryptoSession[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const groups = ROW.exec(line.text)?.groups;
      // Without selectors it is the template of dial-up tunnels, not one of them.
      if (groups && groups["total"] === "0") continue;
      if (groups) sessions.push(sessionOf(groups, line.number));
      else if (line.text.trim() !== "") unread.push(line);
    }
    const knowsNothing =
      sessions.length === 0 &&
      !output.lines.some(({ text }) => ROW.test(text)) &&
      (unread.length > 0 || output.isOpenEnded === true || output.command.includes("|"));
    return { values: knowsNothing ? [] : [{ kind: "crypto-sessions", sessions, detail: false }], unread };
  },
};

/** Of IKE alone nothing is said: without a selector that is up it may be up or not. */
function sessionOf(groups: Readonly<Record<string, string | undefined>>, line: number): CryptoSession {
  const { name, port, total, up, rx, rxErrors, tx, txErrors } = groups;
  const peer = canonicalAddress(groups["peer"] ?? "");
  // One pair of networks without an SA is not up, whatever the others are.
  const isUp = Number(up) > 0 && Number(up) >= Number(total);
  const at = { activeSas: line, status: line, encrypted: line, decrypted: line };
  const flow = { line, text: name ?? "", activeSas: 2 * Number(up), at };
  const counted = {
    decrypted: countOf(rx),
    decryptDrops: countOf(rxErrors),
    encrypted: countOf(tx),
    encryptDrops: countOf(txErrors),
  };
  return {
    line,
    interface: name,
    names: namesOf(name ?? ""),
    ...(peer !== undefined && peer !== "0.0.0.0" && peer !== "::" && { peer }),
    ...(Number(port) > 0 && { peerPort: Number(port) }),
    status: isUp ? "UP-ACTIVE" : `selectors up ${up ?? "0"} of ${total ?? "0"}`,
    ikeSas: [],
    // Packets are counted for all of its pairs together: of one that is down they say nothing.
    flows: isUp || Number(up) === 0 ? [{ ...flow, ...counted }] : [flow, { ...flow, activeSas: 0 }],
    at: { status: line, peer: line },
  };
}

function countOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

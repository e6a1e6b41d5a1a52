/** A `debug crypto isakmp` of one gateway that retries a tunnel again and again, as long as wanted. */
import { numbersFrom } from "./ipsec-sa-text.ts";

/** At least `bytes` of debug, time-stamped, of failing main mode exchanges with changing peers and connections. */
export function debugText(bytes: number): string {
  const next = numbersFrom(11);
  const parts = ["R7#debug crypto isakmp\nCrypto ISAKMP debugging is on\nR7#\n"];
  let length = 0;
  for (let round = 0; length < bytes; round += 1) {
    const part = attempt(round, next);
    parts.push(part);
    length += part.length;
  }
  return parts.join("");
}

function attempt(round: number, next: (below: number) => number): string {
  const peer = `198.51.100.${1 + (round % 200)}`;
  const connection = 1000 + round;
  const seconds = 40_000 + round * 31;
  const lines = [
    `ISAKMP (0): received packet from ${peer} dport 500 sport 500 Global (N) NEW SA`,
    `ISAKMP: Created a peer struct for ${peer}, peer port 500`,
    "ISAKMP:(0):Input = IKE_MESG_FROM_PEER, IKE_MM_EXCH",
    "ISAKMP:(0):Old State = IKE_READY  New State = IKE_R_MM1",
    "ISAKMP:(0): processing SA payload. message ID = 0",
    `ISAKMP:(0):found peer pre-shared key matching ${peer}`,
    "ISAKMP:(0):Checking ISAKMP transform 1 against priority 10 policy",
    "ISAKMP:      encryption 3DES-CBC",
    "ISAKMP:      hash SHA",
    `ISAKMP:      default group ${[2, 5, 14][next(3)]}`,
    "ISAKMP:      auth pre-share",
    "ISAKMP:      life type in seconds",
    `ISAKMP:      life duration (basic) of ${3600 + next(4000)}`,
    "ISAKMP:(0):Encryption algorithm offered does not match policy!",
    "ISAKMP:(0):atts are not acceptable. Next payload is 0",
    "ISAKMP:(0):no offers accepted!",
    `ISAKMP:(0): phase 1 SA policy not acceptable! (local 192.0.2.7 remote ${peer})`,
    `ISAKMP:(${connection}):peer does not do paranoid keepalives.`,
    `ISAKMP:(${connection}):deleting SA reason "Phase1 SA policy proposal not accepted" state (R) MM_NO_STATE (peer ${peer})`,
  ];
  return lines.map((line) => `${stamp(seconds, next(1000))} ${line}\n`).join("");
}

function stamp(seconds: number, milliseconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `*Mar  1 ${time}.${String(milliseconds).padStart(3, "0")}:`;
}

/** A rule of a host's own filter as entries of an access list, whichever program prints it. */
import { ANY_IPV4 } from "../../domain/network.ts";
import type { Line } from "../../domain/output.ts";
import type { AclAddress, AclEntry } from "../../domain/readings/ipsec.ts";

/** What a rule chooses by. */
export interface Conditions {
  protocol: string;
  source: AclAddress;
  destination: AclAddress;
  /** One entry for each. */
  ports: readonly (string | undefined)[];
  /** What it chooses by besides, as printed. */
  options: string[];
}

/** Those of a rule that takes every packet. */
export function anyPacket(): Conditions {
  const any = { network: ANY_IPV4 };
  return { protocol: "ip", source: any, destination: any, ports: [undefined], options: [] };
}

/** "500", or with `range` ":" "4500:4510", between commas → "eq 500", "range 4500 4510". */
export function portsOf(text: string, range: ":" | "-"): string[] {
  return text.split(",").map((port) => {
    const [first = "", last] = port.split(range);
    return last === undefined ? `eq ${first}` : `range ${first} ${last}`;
  });
}

/** @param verdict permit, deny, or another chain's name, which may be either */
export function entriesFor(
  { protocol, source, destination, ports, options }: Conditions,
  verdict: { readonly action: AclEntry["action"] } | { readonly decidedBy: string },
  { number, text }: Line,
): AclEntry[] {
  const isOwn = "action" in verdict;
  const actions: readonly AclEntry["action"][] = isOwn ? [verdict.action] : ["permit", "deny"];
  return actions.flatMap((action) =>
    ports.map((port) => ({
      line: number,
      action,
      protocol,
      source,
      destination: { ...destination, ...(port !== undefined && { port }) },
      options: isOwn ? options : [...options, verdict.decidedBy],
      text: text.trim(),
    })),
  );
}

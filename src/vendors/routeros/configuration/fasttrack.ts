/**
 * Fasttrack in the chain "forward": connections that it takes pass by the rest of the firewall and by IPsec, so the tunnel's
 * have to be accepted before it. Source: MikroTik RouterOS documentation, "Connection tracking" (FastTrack) and "IPsec"
 * (NAT and Fasttrack Bypass).
 */
import type { HostFilter } from "../../../domain/readings/path.ts";
import type { Statement } from "./statements.ts";

/** Fields of an accepting rule by which it may be meant for the tunnel's traffic. */
const MEANT_FOR_THE_TUNNEL = ["ipsec-policy", "src-address", "dst-address", "src-address-list", "dst-address-list"];
/** Fields of the fasttrack rule by which it may leave the tunnel's connections out. */
const LEAVES_SOME_OUT = [
  ...MEANT_FOR_THE_TUNNEL,
  "connection-mark",
  "packet-mark",
  "routing-mark",
  "in-interface-list",
];

/** Undefined where no rule fasttracks, or where one before it, or a condition of its own, may keep the tunnel out of it. */
export function fasttrackOf(statements: readonly Statement[]): HostFilter | undefined {
  const rules = statements.filter(
    ({ menu, action, fields }) =>
      menu === "ip firewall filter" &&
      action === "add" &&
      fields.get("chain")?.value === "forward" &&
      fields.get("disabled")?.value !== "yes",
  );
  const at = rules.findIndex(({ fields }) => fields.get("action")?.value === "fasttrack-connection");
  const rule = rules[at];
  if (!rule || LEAVES_SOME_OUT.some((name) => rule.fields.has(name))) return undefined;
  const isKeptOut = rules
    .slice(0, at)
    .some(
      ({ fields }) =>
        (fields.get("action")?.value ?? "accept") === "accept" && MEANT_FOR_THE_TUNNEL.some((name) => fields.has(name)),
    );
  if (isKeptOut) return undefined;
  return {
    kind: "host-filter",
    on: "forwarded",
    line: rule.line,
    dropsTheRest: false,
    rules: [],
    complete: false,
    fasttrackLine: rule.line,
  };
}

/** `tunnel-group NAME …` and `group-policy NAME …`: keys, probes for a dead peer, and what a peer may use. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { IkeKey } from "../../../domain/readings/ike.ts";
import { readSecret, SECRET_PLACEHOLDER } from "../../../domain/secret.ts";
import type { Statement } from "../../cisco-ios/configuration/statements.ts";
import type { Collected, Taken } from "./collected.ts";

const IPSEC = /^tunnel-group (?<name>\S{1,128}) ipsec-attributes$/;
const SECRET = `(?<key>${SECRET_PLACEHOLDER}|[^\\s<]\\S{0,200})`;
const KEY = new RegExp(
  `^(?:(?<use>ikev1|ikev2 local-authentication|ikev2 remote-authentication) )?pre-shared-key (?:[0-9] )?${SECRET}$`,
);
const METHOD = /^ikev2 (?<side>local|remote)-authentication (?<method>pre-shared-key|certificate)\b/;
const PROBES_OFF = "isakmp keepalive disable";
const GENERAL = /^tunnel-group (?<name>\S{1,128}) general-attributes$/;
const POLICY = /^group-policy (?<name>\S{1,128}) attributes$/;
const DEFAULT_POLICY = /^default-group-policy (?<policy>\S{1,128})$/;
const FILTER = /^vpn-filter value (?<acl>\S{1,241})$/;
const OTHER = /^(?:tunnel-group|group-policy) /;

export function takeTunnelGroup({ text }: Statement, collected: Collected): Taken {
  const name = IPSEC.exec(text)?.groups?.["name"];
  if (name === undefined) return takePolicy(text, collected) ?? (OTHER.test(text) ? () => true : undefined);
  return ({ text: field, line }) => {
    const groups = KEY.exec(field)?.groups;
    if (groups) collected.keys.push(keyOf(name, groups, line));
    const method = METHOD.exec(field)?.groups;
    if (method) takeMethod(name, method, line, collected);
    if (field === PROBES_OFF) {
      const group = groupOf(name, line, collected);
      group.keepalive = { seconds: 0 };
      group.at["keepalive"] = line;
    }
    return true;
  };
}

/** Which policy a peer comes under, and the list that the policy holds its packets against. */
function takePolicy(text: string, { policyOfGroup, filterOfPolicy }: Collected): Taken {
  const group = GENERAL.exec(text)?.groups?.["name"];
  const policy = POLICY.exec(text)?.groups?.["name"];
  if (group === undefined && policy === undefined) return undefined;
  return ({ text: field, line }) => {
    const named = DEFAULT_POLICY.exec(field)?.groups?.["policy"];
    const acl = FILTER.exec(field)?.groups?.["acl"];
    if (group !== undefined && named !== undefined) policyOfGroup.set(group, { name: named, line });
    if (policy !== undefined && acl !== undefined) filterOfPolicy.set(policy, { name: acl, line });
    return true;
  };
}

/** How IKEv2 authenticates: a key, or a certificate (Cisco ASA command reference, "ikev2 local-authentication"). */
function takeMethod(
  name: string,
  groups: Readonly<Record<string, string | undefined>>,
  line: number,
  collected: Collected,
): void {
  const group = groupOf(name, line, collected);
  group.version = 2;
  const which = groups["side"] === "local" ? "localAuth" : "remoteAuth";
  // A group may ask for either: then nothing is known.
  const method = groups["method"] === "pre-shared-key" ? "psk" : "rsa-sig";
  group[which] = which in group.at && group[which] !== method ? undefined : method;
  group.at[which] = line;
}

function groupOf(name: string, line: number, { groups }: Collected) {
  const group = groups.get(name) ?? { name: canonicalAddress(name) ?? name, line, matchIdentity: [], at: {} };
  groups.set(name, group);
  return group;
}

function keyOf(name: string, groups: Readonly<Record<string, string | undefined>>, line: number): IkeKey {
  const address = canonicalAddress(name);
  const direction = /local|remote/.exec(groups["use"] ?? "")?.[0];
  const use = direction === "local" || direction === "remote" ? direction : undefined;
  return {
    line,
    ...(use && { use, version: 2 as const }),
    // Each direction's key stands for itself.
    keyring: use === undefined ? "default" : `ikev2-${use}`,
    ...(address === undefined ? { hostname: name } : { address }),
    secret: readSecret(groups["key"] ?? ""),
  };
}

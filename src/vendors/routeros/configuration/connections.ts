/** Peers with their profiles, identities, proposals and policies: one connection a peer. */
import { canonicalAddress, networkFromText } from "../../../domain/network.ts";
import type {
  Connection,
  ConnectionAuth,
  ConnectionChild,
  EspProposal,
  IkeProposal,
} from "../../../domain/readings/connection.ts";
import type { Selector } from "../../../domain/readings/ipsec.ts";
import { readSecret } from "../../../domain/secret.ts";
import { addressIn, ciphersIn, groupsIn, hashesIn, methodOf, protocolNumber, secondsIn } from "../values.ts";
import type { Statement } from "./statements.ts";

/**
 * Up to 6.43 a peer had all of it itself: proposals, key, method. `isWhole`: all that stands below "ip ipsec" is here, so that
 * what is missing does not exist.
 */
export function connectionsOf(statements: readonly Statement[], isWhole = false): Connection[] {
  const of = (name: string) => statements.filter(({ menu }) => menu === `ip ipsec ${name}`);
  const profiles = [...of("profile"), ...of("peer profile")];
  const proposals = of("proposal");
  const identities = of("identity");
  const policies = of("policy");
  return of("peer")
    .filter(({ action }) => action === "add")
    .map((peer) => {
      const name = value(peer, "name");
      const profile = named(profiles, value(peer, "profile"));
      const identity = identities.find((item) => name !== undefined && value(item, "peer") === name);
      const own = policies.filter((policy) => isFor(policy, name, addressIn(value(peer, "address")?.split("/")[0])));
      const makesPolicies = [peer, identity].some((item) =>
        /^port-/.test((item && value(item, "generate-policy")) ?? ""),
      );
      return connectionOf(peer, {
        identity: identity ?? peer,
        lacks: {
          identity: isWhole && identity === undefined && value(peer, "profile") !== undefined,
          policy: isWhole && own.length === 0 && !makesPolicies,
        },
        profile: profile ?? (value(peer, "profile") === undefined && hasOwn(peer) ? peer : undefined),
        policies: own,
        proposals,
      });
    });
}

interface Parts {
  readonly identity: Statement;
  readonly lacks: { readonly identity: boolean; readonly policy: boolean };
  readonly profile: Statement | undefined;
  readonly policies: readonly Statement[];
  readonly proposals: readonly Statement[];
}

function value({ fields }: Statement, name: string): string | undefined {
  return fields.get(name)?.value;
}

function named(statements: readonly Statement[], name: string | undefined): Statement | undefined {
  const isDefault = name === undefined || name === "default";
  return statements.findLast((item) =>
    isDefault ? item.isDefault || value(item, "name") === "default" : value(item, "name") === name,
  );
}

function hasOwn(peer: Statement): boolean {
  return ["enc-algorithm", "dh-group", "hash-algorithm"].some((name) => peer.fields.has(name));
}

function isFor(policy: Statement, peer: string | undefined, address: string | undefined): boolean {
  if (policy.action !== "add" || value(policy, "template") === "yes" || value(policy, "disabled") === "yes")
    return false;
  if (/^(?:none|discard|accept)$/.test(value(policy, "action") ?? "")) return false;
  const own = value(policy, "peer");
  if (own !== undefined) return own === peer;
  return address !== undefined && addressIn(value(policy, "sa-dst-address")) === address;
}

/** What the manual says is set where an export says nothing: exchange-mode=main, auth-method=pre-shared-key, nat-traversal=yes. */
function connectionOf(peer: Statement, { identity, lacks, profile, policies, proposals }: Parts): Connection {
  const at: Record<string, number> = {};
  const of = (name: string, field?: string, from: Statement = peer): string | undefined => {
    const found = from.fields.get(name);
    if (found && field !== undefined) at[field] = found.line;
    return found?.value;
  };
  const exchange = of("exchange-mode", "exchange") ?? "main";
  const version = exchange === "ike2" ? 2 : 1;
  if (at["exchange"] !== undefined) at["version"] = at["exchange"];
  const address = of("address", "remote") ?? "0.0.0.0/0";
  const local = addressIn(of("local-address", "local"));
  const dpd = profile && of("dpd-interval", "dpdSeconds", profile);
  const nat = profile && of("nat-traversal", "natTraversal", profile);
  const auth = authOf(identity);
  return {
    name: value(peer, "name") ?? address,
    line: peer.line,
    version,
    exchange: exchange === "aggressive" ? "aggressive" : version === 1 && exchange !== "base" ? "main" : undefined,
    local: local === undefined ? [] : [local],
    remote: [remoteOf(address)],
    localAuth: withId(auth, identity, "my-id"),
    remoteAuth: withId(auth, identity, "remote-id"),
    ikeProposals: [ikeProposal(profile, value(peer, "profile") ?? "default", peer.line)],
    ikePolicy: value(peer, "profile") ?? "default",
    children: policies.map((policy) => childOf(policy, proposals)),
    dpdSeconds: dpd === undefined ? undefined : /^disable/.test(dpd) ? 0 : secondsIn(dpd),
    natTraversal: nat === undefined ? undefined : nat === "no" ? "off" : "on",
    responderOnly: of("passive", "responderOnly") === "yes" ? true : undefined,
    disabled: of("disabled", "disabled") === "yes" ? true : undefined,
    ...(lacks.policy && { leadsNowhere: true }),
    ...(lacks.identity && { lacksKey: true }),
    at,
  };
}

function remoteOf(address: string): string {
  const [plain = "", length] = address.split("/");
  if (length === "0" || plain === "::") return "%any";
  return canonicalAddress(plain) ?? plain;
}

function authOf(identity: Statement): ConnectionAuth {
  const method = identity.fields.get("auth-method");
  const secret = identity.fields.get("secret");
  return {
    method: method ? methodOf(method.value) : "psk",
    ...(secret && { secret: readSecret(secret.value) }),
    at: { method: method?.line ?? identity.line, ...(secret && { secret: secret.line }) },
  };
}

/** "fqdn:gw.example.net", "address:192.0.2.10", "auto"; "ignore" takes whatever comes. */
function withId(auth: ConnectionAuth, identity: Statement, which: "my-id" | "remote-id"): ConnectionAuth {
  const found = identity.fields.get(which);
  if (!found || found.value === "auto") return auth;
  const text = found.value.replace(/^(?:fqdn|address|user-fqdn|key-id|dn):/, "");
  return {
    ...auth,
    id: found.value === "ignore" ? "%any" : (canonicalAddress(text) ?? text),
    at: { ...auth.at, id: found.line },
  };
}

/** Reads fields, and notes on which lines those stand that were there. */
function fieldsOf(statement: Statement) {
  const at: Record<string, number> = {};
  const of = (field: string, key: string): string | undefined => {
    const found = statement.fields.get(key);
    if (found) at[field] = found.line;
    return found?.value;
  };
  return { of, at };
}

/** An export leaves out what is as it came; that differs between releases, so what is not written is not known. */
function ikeProposal(profile: Statement | undefined, name: string, line: number): IkeProposal {
  if (!profile) return { line, name, ...(name === "default" && { isDefault: true }) };
  const { of, at } = fieldsOf(profile);
  const encryption = of("encryption", "enc-algorithm");
  const integrity = of("integrity", "hash-algorithm");
  const groups = of("dhGroups", "dh-group");
  const prf = of("prf", "prf-algorithm");
  return {
    line: profile.line,
    name,
    encryption: encryption === undefined ? undefined : ciphersIn(encryption),
    integrity: integrity === undefined ? undefined : hashesIn(integrity),
    prf: prf === undefined || prf === "auto" ? undefined : hashesIn(prf),
    dhGroups: groups === undefined ? undefined : groupsIn(groups),
    lifetimeSeconds: secondsIn(value(profile, "lifetime") ?? ""),
    at,
  };
}

function childOf(policy: Statement, proposals: readonly Statement[]): ConnectionChild {
  const line = (field: string) => policy.fields.get(field)?.line ?? policy.line;
  const local = selector(policy, "src");
  const remote = selector(policy, "dst");
  const name = value(policy, "proposal") ?? "default";
  const proposal = named(proposals, name);
  const comment = value(policy, "comment");
  return {
    name: comment ?? `${value(policy, "src-address") ?? "any"} to ${value(policy, "dst-address") ?? "any"}`,
    line: policy.line,
    // Without the setting a policy is in transport mode.
    mode: value(policy, "tunnel") === "yes" ? "tunnel" : "transport",
    local: local && [local],
    remote: remote && [remote],
    proposals: [espProposal(proposal, name, policy)],
    policy: name,
    lifetimeSeconds: secondsIn((proposal && value(proposal, "lifetime")) ?? ""),
    at: {
      local: line("src-address"),
      remote: line("dst-address"),
      mode: line("tunnel"),
      proposals: line("proposal"),
      pfs: line("proposal"),
    },
  };
}

function selector(policy: Statement, side: "src" | "dst"): Selector | undefined {
  const network = networkFromText(value(policy, `${side}-address`) ?? "0.0.0.0/0");
  const port = /^\d{1,5}$/.exec(value(policy, `${side}-port`) ?? "")?.[0];
  return network && { network, protocol: protocolNumber(value(policy, "protocol")), port: Number(port ?? 0) };
}

function espProposal(proposal: Statement | undefined, name: string, policy: Statement): EspProposal {
  const protocol = value(policy, "ipsec-protocols") === "ah" ? "ah" : "esp";
  const line = policy.fields.get("proposal")?.line ?? policy.line;
  if (!proposal) return { line, name, protocol, ...(name === "default" && { isDefault: true }) };
  const { of, at } = fieldsOf(proposal);
  const encryption = of("encryption", "enc-algorithms");
  const integrity = of("integrity", "auth-algorithms");
  const group = of("pfs", "pfs-group");
  return {
    line: proposal.line,
    name,
    protocol,
    encryption: encryption === undefined ? undefined : ciphersIn(encryption),
    integrity: integrity === undefined ? undefined : hashesIn(integrity),
    pfsGroups: group === undefined ? undefined : groupsIn(group),
    at,
  };
}

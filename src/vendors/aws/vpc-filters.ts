/**
 * `aws ec2 describe-security-groups` and `describe-network-acls`: what they let in, told as access lists by the group's or the
 * list's id. Source: EC2 API reference (IpPermission, NetworkAclEntry).
 */
import { ANY_IPV4, networkFromText } from "../../domain/network.ts";
import type { Command, Output, Parsed } from "../../domain/output.ts";
import type { AccessList, AclEntry } from "../../domain/readings/ipsec.ts";
import { CLI_OPTIONS } from "./aws-words.ts";
import { groupsOf, jsonLeaves, type Leaf } from "./json-leaves.ts";

export const describeSecurityGroups: Command = {
  run: `aws ec2 describe-security-groups [--group-ids ID] ${CLI_OPTIONS}`,
  looksLike: [/^\s*"SecurityGroups": \[/, /^\{\s*"SecurityGroups":/],
  mayStartWith: [/^\{$/],
  parse: (output) => readLists(output, "SecurityGroups", securityGroup),
};

export const describeNetworkAcls: Command = {
  run: `aws ec2 describe-network-acls [--network-acl-ids ID] ${CLI_OPTIONS}`,
  looksLike: [/^\s*"NetworkAcls": \[/, /^\{\s*"NetworkAcls":/],
  mayStartWith: [/^\{$/],
  parse: (output) => readLists(output, "NetworkAcls", networkAcl),
};

function readLists(output: Output, name: string, listOf: (leaves: readonly Leaf[]) => AccessList | undefined): Parsed {
  const { leaves, isWhole, unread } = jsonLeaves(output.lines);
  // What was cut off may let in what seems to be shut out.
  if (!isWhole) return { values: [], unread };
  const lists = groupsOf(leaves, name).flatMap((group) => listOf(group) ?? []);
  return { values: lists.length > 0 ? [{ kind: "access-lists", lists, complete: false }] : [], unread };
}

function fieldOf(leaves: readonly Leaf[], name: string): Leaf | undefined {
  return leaves.find(({ path }) => path.length === 1 && path[0] === name);
}

/** Undefined where a rule names another group or a list of prefixes, whose addresses do not stand here. */
function securityGroup(group: readonly Leaf[]): AccessList | undefined {
  const id = fieldOf(group, "GroupId");
  const permissions = groupsOf(group, "IpPermissions");
  const namesOthers = group.some(
    ({ path }) => path[0] === "IpPermissions" && (path[2] === "UserIdGroupPairs" || path[2] === "PrefixListIds"),
  );
  if (!id || namesOthers) return undefined;
  const entries = permissions.flatMap((permission) => {
    const protocol = fieldOf(permission, "IpProtocol")?.value ?? "-1";
    return permission
      .filter(({ path }) => path.at(-1) === "CidrIp" || path.at(-1) === "CidrIpv6")
      .flatMap((leaf) => entryOf("permit", protocol, leaf));
  });
  return { name: id.value, line: id.line, type: "extended", entries };
}

/** What comes in, in the order of the rules' numbers. */
function networkAcl(acl: readonly Leaf[]): AccessList | undefined {
  const id = fieldOf(acl, "NetworkAclId") ?? acl.find(({ path }) => path.at(-1) === "NetworkAclId");
  if (!id) return undefined;
  const entries = groupsOf(acl, "Entries")
    .filter((entry) => fieldOf(entry, "Egress")?.value === "false")
    .map((entry) => ({ number: Number(fieldOf(entry, "RuleNumber")?.value), entry }))
    .sort((one, other) => one.number - other.number)
    .flatMap(({ entry }) => {
      const cidr = fieldOf(entry, "CidrBlock");
      const action = fieldOf(entry, "RuleAction")?.value === "allow" ? "permit" : "deny";
      return cidr ? entryOf(action, fieldOf(entry, "Protocol")?.value ?? "-1", cidr) : [];
    });
  return { name: id.value, line: id.line, type: "extended", entries };
}

function entryOf(action: AclEntry["action"], protocol: string, { value, line }: Leaf): AclEntry[] {
  const network = networkFromText(value);
  if (!network) return [];
  return [
    {
      line,
      action,
      protocol: protocol === "-1" ? "ip" : protocol,
      source: { network },
      destination: { network: ANY_IPV4 },
      options: [],
      text: `${action} ${protocol === "-1" ? "all traffic" : protocol} from ${value}`,
    },
  ];
}

/** `crypto isakmp policy N` and the lines under it. */
import { authMethod, dhGroup, encryptionFromConfig, integrityFromWord } from "../ike-words.ts";
import type { Collected, OpenPolicy, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

const HEADING = /^crypto isakmp policy (?<priority>\d{1,5})$/;
const REMOVED = /^no crypto isakmp policy (?<priority>\d{1,5})$/;
const FIELD = /^(?<field>encr|encryption|hash|authentication|group|lifetime) (?<value>\S.*)$/;
/** Values of fields that are not written: Cisco IOS Security Command Reference, "crypto isakmp policy". */
const DEFAULTS = { encryption: "des", integrity: "sha1", auth: "rsa-sig", dhGroup: 1, lifetimeSeconds: 86_400 };

export function takeIkePolicy(statement: Statement, collected: Collected): Taken {
  const removed = REMOVED.exec(statement.text)?.groups?.["priority"];
  if (removed !== undefined) {
    collected.policies.delete(Number(removed));
    return "read";
  }
  const priority = HEADING.exec(statement.text)?.groups?.["priority"];
  if (priority === undefined) return undefined;
  const known = collected.policies.get(Number(priority));
  const policy = known ?? { priority: Number(priority), line: statement.line, isDefault: false, ...DEFAULTS, at: {} };
  collected.policies.set(policy.priority, policy);
  return { mode: "ike-policy", tellsUnread: true, read: (line) => readField(policy, line) };
}

function readField(policy: OpenPolicy, { text, line }: Statement): boolean {
  const groups = FIELD.exec(text)?.groups;
  const value = groups?.["value"] ?? "";
  switch (groups?.["field"]) {
    case "encr":
    case "encryption":
      policy.encryption = encryptionFromConfig(value);
      policy.at["encryption"] = line;
      return true;
    case "hash":
      policy.integrity = integrityFromWord(value);
      policy.at["integrity"] = line;
      return true;
    case "authentication":
      policy.auth = authMethod(value);
      policy.at["auth"] = line;
      return true;
    case "group": {
      const group = dhGroup(value);
      if (group === undefined) return false;
      policy.dhGroup = group;
      policy.at["dhGroup"] = line;
      return true;
    }
    case "lifetime": {
      const seconds = /^(?:seconds )?(\d{1,10})$/.exec(value)?.[1];
      if (seconds === undefined) return false;
      policy.lifetimeSeconds = Number(seconds);
      policy.at["lifetimeSeconds"] = line;
      return true;
    }
    default:
      return false;
  }
}

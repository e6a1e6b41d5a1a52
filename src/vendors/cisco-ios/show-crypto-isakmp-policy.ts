/**
 * `show crypto isakmp policy` and `show crypto isakmp default policy`: IKEv1 policies.
 * Sources: the article; genieparser's test data (`default policy`). Not checked against a device: SHA-2 and elliptic
 * curve names, and the values of the nameless default suite beyond DES (SHA, RSA signatures, group 1, one day).
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IkePolicies, IkePolicy } from "../../domain/readings/ike.ts";
import { isFiller, saysIkeOff } from "./ike-output.ts";
import { authMethod, dhGroup, encryptionFromPolicy, integrityFromPolicy } from "./ike-words.ts";

const SECTION = /^\s*(?:Global IKE policy|(?<default>Default IKE policy))\s*$/i;
const SUITE = /^\s*(?<default>Default )?protection suite(?: of priority (?<priority>\d{1,5}))?\s*$/i;
const FIELD =
  /^\s*(?<label>encryption algorithm|hash algorithm|authentication method|Diffie-Hellman group|lifetime|lieftime)\s*:\s*(?<value>\S.*)$/i;

export const showCryptoIsakmpPolicy: Command = {
  run: "show crypto isakmp policy [detail]",
  alsoRun: ["show crypto isakmp default policy"],
  looksLike: [SECTION, SUITE],
  parse(output: Output): Parsed {
    const policies: IkePolicy[] = [];
    const unread: Line[] = [];
    let isDefaultSection = false;
    let isCut = false;
    let ikeOff: boolean | undefined;
    let suite: Suite | undefined;
    const finish = (): void => {
      if (!suite) return;
      const policy = toPolicy(suite);
      if (policy) policies.push(policy);
      else {
        isCut = true;
        for (const line of suite.lines) unread.push(line);
      }
      suite = undefined;
    };
    for (const line of output.lines) {
      if (isFiller(line.text)) continue;
      const section = SECTION.exec(line.text);
      const heading = SUITE.exec(line.text)?.groups;
      if (section) {
        finish();
        isDefaultSection = section.groups?.["default"] !== undefined;
      } else if (heading) {
        finish();
        suite = newSuite(line, heading, isDefaultSection);
      } else if (saysIkeOff(line.text)) ikeOff = true;
      else if (!suite || !readField(suite, line)) unread.push(line);
    }
    finish();
    const showsAll = !ikeOff && !output.command.includes("|") && !output.command.includes("default policy");
    const value: IkePolicies = { kind: "ike-policies", version: 1, policies, complete: showsAll && !isCut, ikeOff };
    return { values: [value], unread: unread.sort((one, other) => one.number - other.number) };
  },
};

interface Suite {
  readonly priority: number;
  readonly isDefault: boolean;
  /** The nameless last suite, whose values are the same on every router. */
  readonly isBuiltIn: boolean;
  readonly lines: Line[];
  readonly at: Record<string, number>;
  encryption?: string;
  integrity?: string;
  auth?: string;
  dhGroup?: number;
  lifetimeSeconds?: number;
}

/** Debug counts the nameless default suite as priority 65535. */
const BUILT_IN_PRIORITY = 65535;
const BUILT_IN = { encryption: "des", integrity: "sha1", auth: "rsa-sig", dhGroup: 1, lifetimeSeconds: 86400 };

function newSuite(line: Line, heading: Record<string, string | undefined>, isDefaultSection: boolean): Suite {
  const { priority } = heading;
  return {
    priority: priority === undefined ? BUILT_IN_PRIORITY : Number(priority),
    isDefault: isDefaultSection || heading["default"] !== undefined || priority === undefined,
    isBuiltIn: priority === undefined,
    lines: [line],
    at: {},
  };
}

function readField(suite: Suite, line: Line): boolean {
  const field = FIELD.exec(line.text)?.groups;
  const value = field?.["value"]?.trim();
  if (value === undefined) return false;
  switch (field?.["label"]?.toLowerCase()) {
    case "encryption algorithm":
      suite.encryption = encryptionFromPolicy(value);
      suite.at["encryption"] = line.number;
      break;
    case "hash algorithm":
      suite.integrity = integrityFromPolicy(value);
      suite.at["integrity"] = line.number;
      break;
    case "authentication method":
      suite.auth = authMethod(value);
      suite.at["auth"] = line.number;
      break;
    case "diffie-hellman group": {
      const group = dhGroup(value);
      if (group === undefined) return false;
      suite.dhGroup = group;
      suite.at["dhGroup"] = line.number;
      break;
    }
    default: {
      const seconds = /^(\d{1,9}) seconds/.exec(value)?.[1];
      if (seconds === undefined) return false;
      suite.lifetimeSeconds = Number(seconds);
      suite.at["lifetimeSeconds"] = line.number;
    }
  }
  suite.lines.push(line);
  return true;
}

/** A suite whose lines are not all there is no policy: what is missing is unknown, except in the built-in one. */
function toPolicy(suite: Suite): IkePolicy | undefined {
  const from = suite.isBuiltIn ? BUILT_IN : undefined;
  const encryption = suite.encryption ?? from?.encryption;
  const integrity = suite.integrity ?? from?.integrity;
  const auth = suite.auth ?? from?.auth;
  const group = suite.dhGroup ?? from?.dhGroup;
  const lifetimeSeconds = suite.lifetimeSeconds ?? from?.lifetimeSeconds;
  if (encryption === undefined || integrity === undefined || auth === undefined) return undefined;
  if (group === undefined || lifetimeSeconds === undefined) return undefined;
  return {
    priority: suite.priority,
    line: suite.lines[0]?.number ?? 0,
    isDefault: suite.isDefault,
    encryption,
    integrity,
    auth,
    dhGroup: group,
    lifetimeSeconds,
    at: suite.at,
  };
}

/** `crypto ikev2 profile NAME` and the lines under it. */
import type { IkeKey } from "../../../domain/readings/ike.ts";
import { readSecret, SECRET_PLACEHOLDER } from "../../../domain/secret.ts";
import { authMethod } from "../ike-words.ts";
import type { Collected, OpenProfile, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

const HEADING = /^crypto ikev2 profile (?<name>\S{1,100})$/;
const MATCH = /^match identity (?<what>remote \S.{0,200})$/;
const LOCAL = /^identity local (?<what>\S.{0,200})$/;
const AUTHENTICATION = new RegExp(
  `^authentication (?<end>local|remote) (?<method>pre-share|rsa-sig|ecdsa-sig|eap|anyconnect-eap)(?: key (?:[0-9] )?(?:hex )?(?<key>${SECRET_PLACEHOLDER}|[^\\s<]\\S{0,200}))?(?: \\S.{0,100})?$`,
);
const KEYRING = /^keyring (?:local )?(?<name>\S{1,100})$/;
const DPD = /^dpd (?<seconds>\d{1,5})(?: (?<retry>\d{1,5}))?(?: (?:periodic|on-demand))?$/;
const TRUST_POINT = /^pki trustpoint (?<name>\S{1,100})(?: (?:sign|verify))?$/;
/** Lines that do not bear on whether a tunnel comes up. */
const ASIDE =
  /^(?:description|match (?:address local|fvrf|certificate)|keyring (?:aaa|ppk)|lifetime|pki|nat |aaa|virtual-template|ivrf|config-exchange|initial-contact|redirect|reconnect|dynamic|anyconnect|no |set |max|identity local dn$)/;

/** The keyring of keys that stand in the profile itself. */
const OWN_KEYS = "profile ";

export function takeIkeV2Profile(statement: Statement, collected: Collected): Taken {
  const name = HEADING.exec(statement.text)?.groups?.["name"];
  if (name === undefined) return undefined;
  const known = collected.profiles.get(name);
  const profile: OpenProfile = known ?? { name, version: 2, line: statement.line, matchIdentity: [], at: {} };
  collected.profiles.set(name, profile);
  return { mode: "ikev2-profile", tellsUnread: true, read: (field) => readField(profile, field, collected.keys) };
}

function readField(profile: OpenProfile, { text, line }: Statement, keys: IkeKey[]): boolean {
  const match = MATCH.exec(text)?.groups?.["what"];
  if (match !== undefined) {
    profile.matchIdentity.push(match);
    profile.at["matchIdentity"] ??= line;
    return true;
  }
  const identity = LOCAL.exec(text)?.groups?.["what"];
  if (identity !== undefined) {
    profile.selfIdentity = identity;
    profile.at["selfIdentity"] = line;
    return true;
  }
  const authentication = AUTHENTICATION.exec(text)?.groups;
  if (authentication) {
    const field = authentication["end"] === "local" ? "localAuth" : "remoteAuth";
    // Of several methods that the peer may use, none is the one to compare.
    const isSecond = profile[field] !== undefined;
    profile[field] = isSecond ? undefined : authMethod(authentication["method"] ?? "");
    profile.at[field] = line;
    if (authentication["key"] !== undefined) takeKey(profile, authentication, line, keys);
    return true;
  }
  const keyring = KEYRING.exec(text)?.groups?.["name"];
  if (keyring !== undefined) {
    profile.keyring = keyring;
    profile.at["keyring"] = line;
    return true;
  }
  const trustPoint = TRUST_POINT.exec(text)?.groups?.["name"];
  if (trustPoint !== undefined) {
    profile.trustPoints = [...(profile.trustPoints ?? []), trustPoint];
    profile.at["trustPoints"] ??= line;
    return true;
  }
  const dpd = DPD.exec(text)?.groups;
  if (dpd) {
    const { seconds, retry } = dpd;
    profile.keepalive = { seconds: Number(seconds), ...(retry !== undefined && { retry: Number(retry) }) };
    profile.at["keepalive"] = line;
    return true;
  }
  return ASIDE.test(text);
}

function takeKey(
  profile: OpenProfile,
  groups: Readonly<Record<string, string | undefined>>,
  line: number,
  keys: IkeKey[],
): void {
  profile.keyring ??= `${OWN_KEYS}${profile.name}`;
  keys.push({
    line,
    version: 2,
    keyring: `${OWN_KEYS}${profile.name}`,
    use: groups["end"] === "local" ? "local" : "remote",
    address: "0.0.0.0",
    mask: "0.0.0.0",
    secret: readSecret(groups["key"] ?? ""),
  });
}

/** `crypto isakmp profile NAME` and the lines under it. */
import type { Collected, OpenProfile, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

const HEADING = /^crypto isakmp profile (?<name>\S{1,100})$/;
const KEEPALIVE = /^keepalive (?<seconds>\d{1,5})(?: retry (?<retry>\d{1,5}))?$/;
/** Lines that do not bear on whether a tunnel comes up. */
const ASIDE =
  /^(?:description|local-address|virtual-template|accounting|client|qos-group|isakmp authorization|no |match certificate)/;

export function takeIkeProfile(statement: Statement, collected: Collected): Taken {
  const name = HEADING.exec(statement.text)?.groups?.["name"];
  if (name === undefined) return undefined;
  const profile = collected.profiles.get(name) ?? { name, line: statement.line, matchIdentity: [], at: {} };
  collected.profiles.set(name, profile);
  return { mode: "ike-profile", tellsUnread: true, read: (line) => readField(profile, line) };
}

function readField(profile: OpenProfile, { text, line }: Statement): boolean {
  const blank = text.indexOf(" ");
  const word = blank === -1 ? text : text.slice(0, blank);
  const value = blank === -1 ? "" : text.slice(blank + 1);
  if (word === "keyring" || word === "vrf") {
    if (value === "" || value.includes(" ")) return false;
    if (word === "keyring" && profile.keyring !== undefined) {
      profile.moreKeyrings = [...(profile.moreKeyrings ?? []), value];
      return true;
    }
    profile[word] = value;
    profile.at[word] = line;
    return true;
  }
  if (word === "self-identity") {
    profile.selfIdentity = value;
    profile.at["selfIdentity"] = line;
    return true;
  }
  if (text.startsWith("match identity ")) {
    profile.matchIdentity.push(text.slice("match identity ".length));
    profile.at["matchIdentity"] ??= line;
    return true;
  }
  if (text.startsWith("ca trust-point ")) {
    profile.trustPoints = [...(profile.trustPoints ?? []), value.slice("trust-point ".length).trim()];
    profile.at["trustPoints"] ??= line;
    return true;
  }
  if (text.startsWith("initiate mode ")) {
    profile.initiateMode = text.slice("initiate mode ".length);
    profile.at["initiateMode"] = line;
    return true;
  }
  const keepalive = KEEPALIVE.exec(text)?.groups;
  if (keepalive) {
    const { seconds, retry } = keepalive;
    profile.keepalive = { seconds: Number(seconds), ...(retry !== undefined && { retry: Number(retry) }) };
    profile.at["keepalive"] = line;
    return true;
  }
  return ASIDE.test(text);
}

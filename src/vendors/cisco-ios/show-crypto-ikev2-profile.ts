/**
 * `show crypto ikev2 profile`: whom each profile is for, and how the two authenticate.
 * Source: Cisco IOS Security Command Reference, "show crypto ikev2 profile"; not checked against a device.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IkeProfile } from "../../domain/readings/ike.ts";
import { isFiller } from "./ike-output.ts";
import { authOfIkeV2 } from "./ikev2-words.ts";

/** Other commands name a profile in a field of theirs, with a capital letter. */
const HEAD = /^ ?IKEv2 profile ?: ?(?<name>\S{1,100})\s*$/;
const SECTION =
  /^\s*(?<section>Match criteria|Identity|Identities|Fvrf|Local address\/interface|Certificate maps?)\s*: ?(?<value>.{0,100})$/i;
const IDENTITY = /^\s*(?<kind>address|fqdn|email|key-id|any|dn) ?(?<value>\S.{0,200}|)$/i;
const LOCAL_IDENTITY = /^\s*Local identity ?: ?(?<text>\S.{0,200})$/i;
const REMOTE_IDENTITY = /^\s*Remote identity ?: ?(?<text>\S.{0,200})$/i;
const METHOD = /^\s*(?<end>Local|Remote) authentication method(?:\(s\))? ?: ?(?<method>\S.{0,60})$/i;
const KEYRING = /^\s*Keyring ?: ?(?<name>\S{1,100})/i;
const DPD = /^\s*DPD(?: configured for| interval)? ?:? ?(?<seconds>\d{1,6})/i;
const ASIDE =
  /^\s*(?:Ref Count|EAP options|Trustpoint|Lifetime|DPD|NAT-keepalive|Ivrf|Virtual-template|mode |AAA|Accounting|.{0,30}authorization|none|global|Certificate|Initial|Aggregate|PPK|Config|Reconnect)/i;

interface Draft {
  readonly name: string;
  readonly line: number;
  readonly matchIdentity: string[];
  readonly at: Record<string, number>;
  selfIdentity?: string;
  keyring?: string;
  localAuth?: string | undefined;
  remoteAuth?: string | undefined;
  keepalive?: { readonly seconds: number };
  section?: string | undefined;
}

export const showCryptoIkev2Profile: Command = {
  run: "show crypto ikev2 profile [NAME]",
  looksLike: [HEAD],
  parse(output: Output): Parsed {
    const drafts: Draft[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      if (isFiller(line.text)) continue;
      const name = HEAD.exec(line.text)?.groups?.["name"];
      const current = drafts.at(-1);
      if (name !== undefined) drafts.push({ name, line: line.number, matchIdentity: [], at: {} });
      else if (!current || !readLine(current, line)) unread.push(line);
    }
    const profiles = drafts.map(({ section: _, ...draft }): IkeProfile => ({ ...draft, version: 2 }));
    if (profiles.length === 0 && unread.length > 0) return { values: [], unread };
    return { values: [{ kind: "ike-profiles", profiles, complete: false }], unread };
  },
};

function readLine(draft: Draft, { text, number }: Line): boolean {
  const local = LOCAL_IDENTITY.exec(text)?.groups?.["text"];
  const remote = REMOTE_IDENTITY.exec(text)?.groups?.["text"];
  const method = METHOD.exec(text)?.groups;
  const keyring = KEYRING.exec(text)?.groups?.["name"];
  const seconds = DPD.exec(text)?.groups?.["seconds"];
  const section = SECTION.exec(text)?.groups?.["section"];
  if (local !== undefined) {
    if (!/^none/i.test(local)) draft.selfIdentity = local.trim();
    draft.at["selfIdentity"] = number;
  } else if (remote !== undefined) {
    if (!/^none/i.test(remote)) draft.matchIdentity.push(`remote ${remote.trim()}`);
    draft.at["matchIdentity"] ??= number;
  } else if (method) {
    const field = method["end"]?.toLowerCase() === "local" ? "localAuth" : "remoteAuth";
    const [first = "", ...more] = (method["method"] ?? "").split(/[\s,]+/);
    draft[field] = more.filter(Boolean).length > 0 ? undefined : authOfIkeV2(first);
    draft.at[field] = number;
  } else if (keyring !== undefined) {
    if (!/^none$/i.test(keyring)) draft.keyring = keyring;
    draft.at["keyring"] = number;
  } else if (seconds !== undefined) {
    draft.keepalive = { seconds: Number(seconds) };
    draft.at["keepalive"] = number;
  } else if (section !== undefined) draft.section = section.toLowerCase();
  else if (draft.section?.startsWith("identit")) return readIdentity(draft, text, number) || ASIDE.test(text);
  else return ASIDE.test(text);
  return true;
}

function readIdentity(draft: Draft, text: string, line: number): boolean {
  const groups = IDENTITY.exec(text)?.groups;
  if (!groups) return false;
  draft.matchIdentity.push(`remote ${groups["kind"]} ${groups["value"] ?? ""}`.trim());
  draft.at["matchIdentity"] ??= line;
  return true;
}

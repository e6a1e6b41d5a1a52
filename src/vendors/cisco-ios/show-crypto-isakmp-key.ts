/**
 * `show crypto isakmp key`: the IKEv1 pre-shared keys of the default keyring and of named ones; the keys themselves
 * were replaced before. Not checked against a device: masks in brackets, and "keyring:address" rows.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IkeKey, IkeKeys } from "../../domain/readings/ike.ts";
import { readSecret, SECRET_PLACEHOLDER } from "../../domain/secret.ts";
import { isFiller, wordsOf } from "./ike-output.ts";

const HEADING = /^\s*(?:Keyring +)?(?:VRF Name +)?Hostname\/Address +Pre-?shared Key/i;
const SECRET = new RegExp(`^(?:${SECRET_PLACEHOLDER}|\\*{3,64}|\\(encrypted\\))$`);
const MASK = /^[[(]?(?<mask>\d{1,3}(?:\.\d{1,3}){3}|\/\d{1,3})[\])]?$/;

export const showCryptoIsakmpKey: Command = {
  run: "show crypto isakmp key",
  looksLike: [HEADING],
  parse(output: Output): Parsed {
    const keys: IkeKey[] = [];
    const unread: Line[] = [];
    // A keyring is named once, on its first row.
    let keyring: Pick<IkeKey, "keyring" | "vrf"> = { keyring: "default" };
    for (const line of output.lines) {
      if (isFiller(line.text) || HEADING.test(line.text)) continue;
      const key = readRow(line, keyring);
      if (!key) {
        unread.push(line);
        continue;
      }
      keyring = { keyring: key.keyring, vrf: key.vrf };
      keys.push(key);
    }
    const complete = !output.command.includes("|") && unread.length === 0 && output.isOpenEnded !== true;
    const value: IkeKeys = { kind: "ike-keys", keys, complete };
    return { values: [value], unread };
  },
};

function readRow(line: Line, above: Pick<IkeKey, "keyring" | "vrf">): IkeKey | undefined {
  const text = line.text.trim();
  const at = startOfSecret(text);
  const secret = text.slice(at);
  if (!SECRET.test(secret)) return undefined;
  const words = wordsOf(text.slice(0, at)).filter((word) => word !== ":");
  const last = MASK.exec(words.at(-1) ?? "")?.groups?.["mask"];
  const hasMask = last !== undefined && words.length > 1 && isAddress(words.at(-2) ?? "");
  const mask = hasMask ? last : undefined;
  const before = hasMask ? words.slice(0, -1) : words;
  const { ring, peer } = splitPeer(before);
  if (peer === undefined || ring.length > 2) return undefined;
  const prefix = /^(?<address>[0-9a-fA-F.:]{2,45})(?<length>\/\d{1,3})$/.exec(peer)?.groups;
  const address = canonicalAddress(prefix?.["address"] ?? peer);
  return {
    line: line.number,
    keyring: ring[0] ?? above.keyring,
    vrf: ring.length === 0 ? above.vrf : ring[1]?.replace(/^[[(]|[\])]$/g, ""),
    address,
    mask: address === undefined ? undefined : (mask ?? prefix?.["length"]),
    hostname: address === undefined ? peer : undefined,
    secret: readSecret(secret),
  };
}

/** Where the last word starts; a placeholder is one word, although it holds a blank. */
function startOfSecret(text: string): number {
  if (text.endsWith(">")) return Math.max(0, text.lastIndexOf("<"));
  return Math.max(text.lastIndexOf(" "), text.lastIndexOf("\t")) + 1;
}

/** The peer is the last word; "vpn1:192.0.2.1" has the keyring before it. */
function splitPeer(words: readonly string[]): { ring: readonly string[]; peer: string | undefined } {
  const peer = words.at(-1);
  const glued = peer === undefined ? undefined : /^(?<ring>[^\s:]{1,64}):(?<address>\d[\d.]{6,14})$/.exec(peer)?.groups;
  if (!glued) return { ring: words.slice(0, -1), peer };
  return { ring: [...words.slice(0, -1), glued["ring"] ?? ""], peer: glued["address"] };
}

function isAddress(word: string): boolean {
  return canonicalAddress(word) !== undefined || /:\d[\d.]{6,14}$/.test(word);
}

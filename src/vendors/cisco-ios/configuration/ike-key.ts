/** Pre-shared keys: `crypto isakmp key …` and `crypto keyring NAME` with its `pre-shared-key` lines. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { IkeKey } from "../../../domain/readings/ike.ts";
import { readSecret, SECRET_PLACEHOLDER } from "../../../domain/secret.ts";
import type { Collected, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

const SECRET = `(?<key>${SECRET_PLACEHOLDER}|[^\\s<]\\S{0,200})`;
const GLOBAL = new RegExp(`^crypto isakmp key (?:[0-9] )?${SECRET} (?<whose>(?:address|hostname) \\S.*)$`);
const KEYRING = /^crypto keyring (?<name>\S{1,100})(?: vrf (?<vrf>\S{1,100}))?$/;
const IN_KEYRING = new RegExp(`^pre-shared-key (?<whose>(?:address|hostname) [^<]{1,200}?) key (?:[0-9] )?${SECRET}$`);
const LOCAL_ADDRESS = /^local-address (?<where>\S{1,100})/;
const ASIDE = /^(?:description|rsa-pubkey|address|serial-number|key-string|quit|no )/;

export function takeIkeKey(statement: Statement, collected: Collected): Taken {
  const global = GLOBAL.exec(statement.text)?.groups;
  if (global) {
    const key = readKey(global, statement.line, "default", undefined);
    if (key === undefined) return undefined;
    collected.keys.push(key);
    return "read";
  }
  const keyring = KEYRING.exec(statement.text)?.groups;
  if (keyring === undefined) return undefined;
  const { name = "", vrf } = keyring;
  return {
    mode: "keyring",
    tellsUnread: true,
    read: ({ text, line }) => {
      const where = LOCAL_ADDRESS.exec(text)?.groups?.["where"];
      if (where !== undefined) {
        limitKeyring(collected, name, where);
        return true;
      }
      const groups = IN_KEYRING.exec(text)?.groups;
      const key = groups && readKey(groups, line, name, vrf);
      if (key) collected.keys.push(limited(key, collected.keyringLimits.get(name)));
      return key !== undefined || ASIDE.test(text);
    },
  };
}

/** `local-address` holds for the whole keyring, also for the keys above it. */
function limitKeyring({ keys, keyringLimits }: Collected, keyring: string, where: string): void {
  keyringLimits.set(keyring, where);
  for (const [index, key] of keys.entries()) if (key.keyring === keyring) keys[index] = limited(key, where);
}

function limited(key: IkeKey, where: string | undefined): IkeKey {
  return where === undefined ? key : { ...key, localAddress: canonicalAddress(where) ?? where };
}

/** "address 192.0.2.1 [255.255.255.0] [no-xauth]", "address ipv6 2001:db8::1/128", "hostname gw.example.net". */
function readKey(
  groups: Readonly<Record<string, string | undefined>>,
  line: number,
  keyring: string,
  vrf: string | undefined,
): IkeKey | undefined {
  const [kind, ...words] = (groups["whose"] ?? "").split(" ");
  const noXauth = words.includes("no-xauth");
  const common = {
    line,
    keyring,
    ...(vrf !== undefined && { vrf }),
    ...(noXauth && { noXauth }),
    secret: readSecret(groups["key"] ?? ""),
  };
  if (kind === "hostname") {
    const hostname = words[0];
    return hostname === undefined ? undefined : { ...common, hostname };
  }
  const [first = "", second = ""] = words[0] === "ipv6" ? words.slice(1) : words;
  const [text = "", prefixLength] = first.split("/");
  const address = canonicalAddress(text);
  if (address === undefined) return undefined;
  const mask = prefixLength === undefined ? (canonicalAddress(second) ?? maskOf(address)) : `/${prefixLength}`;
  return { ...common, address, ...(mask !== undefined && { mask }) };
}

/** IOS leaves the mask of the key for everybody out. */
function maskOf(address: string): string | undefined {
  return address === "0.0.0.0" ? "0.0.0.0" : undefined;
}

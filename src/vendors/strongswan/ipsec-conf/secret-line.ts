/** `ipsec.secrets`: "192.0.2.1 198.51.100.1 : PSK "key"". */
import type { Line } from "../../../domain/output.ts";
import { readSecret } from "../../../domain/secret.ts";
import { identity } from "../configuration/connection.ts";
import type { OwnedKey } from "../configuration/secrets.ts";

const SECRET =
  /^(?<owners>[^:#]{0,400}|(?:[\w.%@:-]{1,80} {1,4}){1,6}):\s{1,8}(?<kind>PSK|RSA|ECDSA|PKCS8|XAUTH|EAP|NTLM|PIN|P12|BLISS)\s{1,8}(?<value>.*)$/;

/** The key in the line; "other" for a secret that is no pre-shared key, undefined where there is none. */
export function readSecretLine({ text, number }: Line): OwnedKey | "other" | undefined {
  const groups = SECRET.exec(text)?.groups;
  if (!groups) return undefined;
  if (groups["kind"] !== "PSK") return "other";
  const owners = (groups["owners"] ?? "").split(/\s+/).filter((word) => word !== "");
  return {
    line: number,
    name: "ipsec.secrets",
    owners: owners.map(identity),
    secret: readSecret(groups["value"] ?? ""),
  };
}

/** The words that announce a secret, however they are spelt: `pre-shared-key`, `PreSharedKey`, `pre\-shared\-key`. */

export interface Keyword {
  /** Which words may follow without being a secret. */
  readonly family: "key" | "auth" | "secret";
  /** Needs `:` or `=` after it to announce anything: "pass", "keys", "pw". */
  readonly needsSign: boolean;
  /** A spelling that only configurations have ("pre-shared-key", "psksecret"): bare prose is not expected. */
  readonly technical: boolean;
}

const SECRET_ENDING =
  /(?:passwords?|passwds?|passphrases?|passcodes?|userpass|password-value|pwd|secrets?|psksecret(?:-?remote)?|psks?|phash|bindpw|community|communities|community-?string)$/;
const KEY_ENDING = /(?:^|-)keys?$/;
const KEY_COMPOUND =
  /(?:shared?|secret|access|api|private|priv|master|encryption|session|auth|authentication|digest|wep|wpa|server|client|psk|pre|set|config)-?keys?$/;
const KEY_STRING = /(?:^|-)key-?(?:string|octet-string|data|value|text|hex|ascii)$/;
const AUTH_ENDING = /(?:^|-)(?:auth|authentication|authorization|authenticator|credentials?|token|apitoken|bearer)$/;
const NOT_SECRET =
  /^(?:(?:rsa-)?public-keys?|pub-?keys?|named-key|addressed-key|trusted-key|mypubkey|hot-?keys?|foreign-key|pre-?share|no-?password|passphrase-?less|ike-auth|authenticator|ah-auth|cert-auth|proxy-auth|encr-auth|x-?auth|server-public-key|host-key-?check(?:ing)?|send-community|no-passwords?|with-key|community-list|re-?auth|strict-password|get-key|set-community|session-key|auto-key|ike-nego-p1-fail-psk|(?:general|usage|signature)-keys)$/;
const NEEDS_SIGN =
  /^(?:pass|pw|keys|passwords|secrets|credentials|tokens|token|psks|communities|creds?|auth-?key-?id|ascii-text|hexadecimal)$/;
const TECHNICAL_PLAIN = /^(?:passwd|psksecret|phash|bindpw|presharedkey|sharedsecret|authpassword|privpassword)$/;

const FOLDED = /[\\\u00ad\u200b-\u200d\u2060\ufeff]/g;

/** The quick test before the exact ones. */
const STEM = /key|secr|pass|psk|auth|comm|cred|token|phash|pwd?$|bearer|ascii-text|hexadecimal/;

/** What kind of keyword a word is whose spelling was folded, or undefined if it is none. */
export function readKeyword(plain: string): Keyword | undefined {
  if (!STEM.test(plain)) return undefined;
  if (plain.length < 2 || plain.length > 64 || NOT_SECRET.test(plain)) return undefined;
  const needsSign = NEEDS_SIGN.test(plain);
  const compound = plain.includes("-") && (!KEY_ENDING.test(plain) || KEY_COMPOUND.test(plain));
  const technical = compound || TECHNICAL_PLAIN.test(plain);
  if (SECRET_ENDING.test(plain)) return { family: "secret", needsSign, technical };
  if (KEY_ENDING.test(plain) || KEY_COMPOUND.test(plain) || KEY_STRING.test(plain))
    return { family: "key", needsSign, technical };
  if (AUTH_ENDING.test(plain)) return { family: "auth", needsSign, technical: false };
  return needsSign ? { family: "secret", needsSign, technical: false } : undefined;
}

/** Lower case, `-` for `_`, without chat escapes and invisible characters. */
export function foldSpelling(identifier: string): string {
  if (/^[a-z0-9]+$/.test(identifier)) return identifier;
  if (/^[A-Za-z0-9-]+$/.test(identifier) && !identifier.endsWith("-")) return identifier.toLowerCase();
  const dashed = identifier.replace(FOLDED, "").replaceAll("_", "-").toLowerCase();
  return dashed.endsWith("-") ? dashed.replace(/-{1,8}$/, "") : dashed;
}

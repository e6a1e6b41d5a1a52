/** Secrets that fill lines of their own: PEM, certificates, key strings, hex dumps, the table of pre-shared keys. */
import { readKeyRow } from "./key-table.ts";
import type { Span } from "./span.ts";

export type Block = "pem" | "certificate" | "key-string" | "dump" | "rsa" | "key-table" | "host-table" | "quote";

/** What a line inside a block is: all secret, partly secret, the block's last line, no longer of the block, or printed into it. */
export type InBlock = "secret" | "last" | "outside" | "aside" | readonly Span[];

const PEM = /-{4,5} ?BEGIN [A-Z0-9 ]{1,40}-{4,5}/;
const PEM_END = /-{4,5} ?END /;
const CERTIFICATE =
  /^[^A-Za-z]{0,20}certificate(?: (?:ca|self-signed|rollover|ra-general|ra-sign|ra-encrypt))? [0-9A-Fa-f]{1,80}[ \t]*$/;
const KEY_STRING = /(?:^|[ #])key-string[ \t]*$/;
const DATA = /\bKey Data:?[ \t]*$/i;
const BYTES = / => [0-9]{1,5} bytes @/;
const NAMES_KEY = /secret|key|\bSK_|psk|nonce/i;
const RSA = /(?:^|[ \t]): (?:RSA|ECDSA)[ \t]*\{[ \t]*$/;
const KEY_TABLE = /\bhostname\/address[ \t]+pre-?shared[ \t]+key/i;
const SHOW_KEY = /^[\w.()-]{0,96}[#>]?[ \t]*sho?w?[ \t]+cr[a-z]{0,4}[ \t]+isa?k?m?p?[ \t]+key[ \t]*(?:\|.*)?$/i;

/** The quick test before the exact ones: each of them has one of these. */
const MAY_OPEN = /begin |certificate|key-string|key data| bytes @|rsa|ecdsa|hostname\/address|[ \t]key[ \t]*(?:\||$)/i;

/** The block that starts below this line. */
export function openedBlock(text: string): Block | undefined {
  if (!MAY_OPEN.test(text)) return undefined;
  if (PEM.test(text)) return PEM_END.test(text) ? undefined : "pem";
  if (CERTIFICATE.test(text)) return "certificate";
  if (KEY_STRING.test(text)) return "key-string";
  if (DATA.test(text) || (BYTES.test(text) && NAMES_KEY.test(text))) return "dump";
  if (RSA.test(text)) return "rsa";
  if (KEY_TABLE.test(text)) return /^[^A-Za-z]{0,40}hostname/i.test(text) ? "host-table" : "key-table";
  return SHOW_KEY.test(text) ? "key-table" : undefined;
}

/** A log message that the console printed in the middle of it. */
const MESSAGE =
  /^[*.]?(?:[0-9]{1,9}: )?[*.]?[A-Z][a-z]{2} {1,2}[0-9]{1,2} (?:[0-9]{4} )?[0-9:]{7,8}[^%]{0,40}: ?%[A-Z]|^%[A-Z][A-Z0-9_]{1,30}-[0-7]-/;
const BASE64 =
  /^(?:[^A-Za-z0-9+/=]{0,8}|[^A-Za-z0-9+/=]{0,4}[0-9]{1,4}[:.) ] {0,4}|[\w.()-]{1,64}[#>] ?)[A-Za-z0-9+/=]{1,512}(?:\\n)?[^A-Za-z0-9+/=]{0,8}$/;
const PEM_HEADER = /^[ \t>|]{0,8}[A-Za-z-]{2,20}: /;
const HEX = /^[ \t>|*0-9A-Fa-f]{2,}$/;
const DUMPED = /(?:\b[0-9A-Fa-f]{2} ){4}|^[ \t]*(?:[0-9]{1,5}: )?[0-9A-Fa-f]{2}(?: [0-9A-Fa-f]{2}){0,3}(?:[ \t]|$)/;

export function isMessage(text: string): boolean {
  return MESSAGE.test(text);
}

/** `above` is the line before it, without its secrets. */
export function readInBlock(block: Block, text: string, above: string): InBlock {
  if (text.trim() === "") return [];
  if (isMessage(text)) return "aside";
  switch (block) {
    case "pem":
      if (PEM_END.test(text)) return "last";
      return BASE64.test(text) || PEM_HEADER.test(text) ? "secret" : "outside";
    case "certificate":
      if (/^[ \t>|*]{0,16}quit\b/.test(text)) return "last";
      return HEX.test(text) ? "secret" : "outside";
    case "key-string":
      if (/^[ \t>|*]{0,16}(?:quit|exit|end)\b/.test(text)) return "last";
      return BASE64.test(text) || HEX.test(text) ? "secret" : "outside";
    case "dump":
      return HEX.test(text) || DUMPED.test(text) ? "secret" : "outside";
    case "rsa":
      return text.includes("}") ? "last" : "secret";
    case "key-table":
      return readKeyRow(text, { hasKeyring: true, above });
    case "host-table":
      return readKeyRow(text, { hasKeyring: false, above });
    case "quote":
      return restOfQuote(text);
  }
}

/** What is left of a quoted value that a backslash carried over the line end (RouterOS exports). */
function restOfQuote(text: string): readonly Span[] {
  const start = text.length - text.trimStart().length;
  const quote = text.indexOf('"', start);
  return [{ start, end: quote < 0 ? text.length : quote + 1, masked: true }];
}

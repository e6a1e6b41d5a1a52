/** What the lines above a line `key …` say about it. */
import type { Line } from "../../domain/output.ts";
import { ALONE, type Surroundings } from "./context.ts";

const KEY = /^[ \t]*key(?:[ \t]|$)/;
const KEY_NUMBER = /^[ \t]*key [0-9]{1,10}[ \t]*$/;
const KEY_CHAIN = /^[ \t]*key[- ]chain /i;
const OF_KEY_CHAIN =
  /^[ \t]*(?:key|key-string|accept-lifetime|send-lifetime|accept|send|cryptographic-algorithm|!)(?:[ \t]|$)/;
const MOST_LINES_OF_KEY_CHAIN = 40;

/** The blocks whose `key` is a key, and what may stand in them above it. */
const SERVER = /^[ \t]*(?:(?:radius|tacacs) server |aaa-server |crypto isakmp client configuration group )/i;
const OF_SERVER =
  /^[ \t]*(?:address|auth-port|acct-port|timeout|retransmit|port|single-connection|backoff|automate-tester|non-standard|alias|dns|wins|domain|pool|acl|netmask|save-password|split-dns|max-users|max-logins|key)(?:[ \t]|$)/i;
const MOST_LINES_OF_SERVER = 15;

/** PAN-OS in braces: `pre-shared-key {`, and below it `key …;`. */
const KEY_BLOCK = /pre-?shared-?key[ \t]{0,8}\{?[ \t]*$/i;
const NOTHING = /^[ \t]*(?:\{[ \t]*)?$/;
const MOST_LINES_OF_KEY_BLOCK = 3;

/** VyOS in braces: `psk NAME {`, and below it `secret …`. */
const SECRET = /^[ \t+>-]{0,80}secret(?:[ \t]|$)/;
const PSK_BLOCK = /^[ \t+>-]{0,80}psk[ \t]{1,8}[^ \t]{1,128}[ \t]{0,8}\{$/;
const OF_PSK_BLOCK = /^[ \t+>-]{0,80}(?:id|dhcp-interface|secret-type|secret)[ \t]/;
const MOST_LINES_OF_PSK_BLOCK = 20;

/** Looks at most a few lines up, and only from lines that need it. */
export function surroundings(lines: readonly Line[], index: number): Surroundings {
  const text = lines[index]?.text ?? "";
  if (SECRET.test(text))
    return { ...ALONE, ownsSecret: isBelow(lines, index, PSK_BLOCK, OF_PSK_BLOCK, MOST_LINES_OF_PSK_BLOCK) };
  if (!KEY.test(text)) return ALONE;
  const inBraces = isBelow(lines, index, KEY_BLOCK, NOTHING, MOST_LINES_OF_KEY_BLOCK);
  return {
    ...ALONE,
    keyChain: KEY_NUMBER.test(text) && isBelow(lines, index, KEY_CHAIN, OF_KEY_CHAIN, MOST_LINES_OF_KEY_CHAIN),
    ownsKey: inBraces || isBelow(lines, index, SERVER, OF_SERVER, MOST_LINES_OF_SERVER),
    inBraces,
  };
}

function isBelow(lines: readonly Line[], index: number, opens: RegExp, belongs: RegExp, most: number): boolean {
  for (let above = index - 1; above >= Math.max(0, index - most); above -= 1) {
    const text = lines[above]?.text ?? "";
    if (opens.test(text)) return true;
    if (text !== "" && !belongs.test(text)) return false;
  }
  return false;
}

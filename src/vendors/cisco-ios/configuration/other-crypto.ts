/** `crypto …` lines that no other topic knows: certificates are passed over, the rest is told as unread. */
import type { Collected, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

/** Certificates, keys and remote-access groups: many lines, none of which a site-to-site tunnel's peers compare. */
const PASSED_OVER = /^(?:no )?crypto (?:pki|ca|key|isakmp client|identity|ctcp|ssl|cws|tls-tunnel|xauth)\b/;
const CRYPTO = /^(?:no )?crypto /;

export function takeOtherCrypto(statement: Statement, collected: Collected): Taken {
  if (!CRYPTO.test(statement.text)) return undefined;
  const isPassedOver = PASSED_OVER.test(statement.text);
  if (!isPassedOver) collected.unread.push(...statement.lines);
  return { tellsUnread: !isPassedOver, read: () => false };
}

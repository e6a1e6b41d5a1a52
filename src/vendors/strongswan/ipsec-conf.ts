/**
 * `ipsec.conf` (the older configuration, by starter and stroke): sections `config setup`, `conn NAME`, `conn %default`.
 * libreswan's file has the same form, and words and defaults of its own.
 * Source: strongSwan, man ipsec.conf(5).
 */
import type { Command } from "../../domain/output.ts";
import { readConfAndSecrets } from "./ipsec-conf/conf-and-secrets.ts";
import { readLegacyConnection } from "./ipsec-conf/connection.ts";

/** Lines that libreswan's files have as well. */
export const SHARED_SHAPES: readonly RegExp[] = [
  /^(?:config setup|conn (?:%default|[\w.@-]{1,80}))\s*$/,
  /^\s{1,8}(?:left|right)(?:subnet|id|cert|auth|sourceip|ikeport|protoport|sendcert|ca|groups|allowany|nexthop|updown|rsasigkey)?=/,
  /^\s{1,8}(?:ikelifetime|keylife|lifetime|authby|dpdaction|dpddelay|dpdtimeout|esp|ike|ah|keyingtries|aggressive|auto|type|rekey|mobike|compress|uniqueids|fragmentation)=(?!\S{1,60} [a-z-]{2,30}=)/,
  /^(?:[\w.%@:-]{1,80} {1,4}){0,6}: {1,4}(?:PSK|RSA|ECDSA|XAUTH|EAP|P12) /,
];

export const ipsecConf: Command = {
  run: "cat ipsec.conf",
  alsoRun: ["cat /etc/ipsec.conf", "cat /etc/ipsec.secrets", "cat ipsec.secrets"],
  looksLike: [
    ...SHARED_SHAPES,
    /^\s{1,8}(?:leftfirewall|rightfirewall|leftauth2|rightauth2|lefthostaccess|righthostaccess|leftdns|keyexchange|rekeymargin|margintime|closeaction|reauth|installpolicy|charondebug|strictcrlpolicy|forceencaps|cachecrls)=/,
  ],
  mayStartWith: [/^\s*#{1,2}(?![#A-Za-z])/, /^include \S/],
  parse: (output) => readConfAndSecrets(output, readLegacyConnection),
};

/**
 * libreswan's `ipsec.conf`, files of `ipsec.d`, and `ipsec.secrets`. The form is strongSwan's older one; words and
 * defaults are its own.
 * Source: libreswan, man ipsec.conf(5).
 */
import type { Command } from "../../domain/output.ts";
import { readConfAndSecrets } from "../strongswan/ipsec-conf/conf-and-secrets.ts";
import { SHARED_SHAPES } from "../strongswan/ipsec-conf.ts";
import { readConnection } from "./ipsec-conf/connection.ts";

export const ipsecConf: Command = {
  run: "cat ipsec.conf",
  alsoRun: ["cat /etc/ipsec.conf", "cat /etc/ipsec.d/NAME", "cat /etc/ipsec.secrets", "cat ipsec.secrets"],
  looksLike: [
    ...SHARED_SHAPES,
    /^\s{1,8}(?:ikev2|phase2|phase2alg|salifetime|aggrmode|narrowing|encapsulation|nat-ikev1-method|retransmit-(?:timeout|interval)|vti-interface|vti-routing|ipsec-interface|replay-window|initial-contact|sha2-truncbug|ikepad|overlapip|pfs|nic-offload|ikev1-policy|virtual[-_]private|plutodebug|logfile|logtime|protostack|nhelpers|dumpdir|uniqueids|listen|mark|mobike|decap-dscp|nflog|connalias|metric)=/,
    /^\s{1,8}(?:left|right)(?:subnets|rsasigkey|modecfgclient|modecfgserver|xauthclient|xauthserver|addresspool|ckaid|pubkey|interface-ip|vti|username)=/,
  ],
  mayStartWith: [/^\s*#{1,2}(?![#A-Za-z])/, /^include \S/, /^version 2/],
  parse: (output) =>
    readConfAndSecrets(output, (conn, defaults, all) => readConnection(conn, defaults, all, output.host)),
};

/**
 * libreswan's `ipsec.conf`, files of `ipsec.d`, and `ipsec.secrets`. The form is strongSwan's older one; words and
 * defaults are its own.
 * Source: libreswan, man ipsec.conf(5).
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import { asReadings } from "../strongswan/configuration/readings.ts";
import type { OwnedKey } from "../strongswan/configuration/secrets.ts";
import { readSecretLine } from "../strongswan/ipsec-conf/secret-line.ts";
import { readConns } from "../strongswan/ipsec-conf/sections.ts";
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
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const keys: OwnedKey[] = [];
    const rest: Line[] = [];
    for (const line of output.lines) {
      const secret = readSecretLine(line);
      if (secret === undefined) rest.push(line);
      else if (secret !== "other") keys.push(secret);
    }
    const { conns, defaults, includes, unread: unknown, hasSetup } = readConns(rest);
    unread.push(...unknown);
    const connections = conns
      .map((conn) => readConnection(conn, defaults, conns, output.host))
      .filter((item) => item !== undefined);
    const isAll =
      hasSetup && includes === 0 && unread.length === 0 && output.isCut !== true && output.isOpenEnded !== true;
    return {
      values: asReadings({ connections, keys, complete: isAll, keysComplete: false }),
      unread,
      command: "config",
    };
  },
};

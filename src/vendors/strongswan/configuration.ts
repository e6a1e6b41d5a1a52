/**
 * `swanctl.conf`, whole or in pieces: connections with their children, secrets; other files that it includes are named,
 * not known.
 * Source: strongSwan documentation, swanctl.conf.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import { readConnection } from "./configuration/connection.ts";
import { asReadings } from "./configuration/readings.ts";
import { readSecrets } from "./configuration/secrets.ts";
import { readSections, type Section } from "./configuration/sections.ts";

const OF_CONNECTION =
  "local_addrs|remote_addrs|local_port|remote_port|proposals|vips|aggressive|pull|dscp|encap|mobike|dpd_delay|dpd_timeout|fragmentation|childless|send_certreq|send_cert|ppk_id|keyingtries|unique|reauth_time|rekey_time|over_time|rand_time|pools|if_id_in|if_id_out|mediation";
const OF_CHILD =
  "ah_proposals|esp_proposals|sha256_96|local_ts|remote_ts|rekey_bytes|life_time|life_bytes|updown|hostaccess|start_action|close_action|dpd_action|replay_window|policies|policies_fwd_out|hw_offload|copy_df|set_mark_in|mark_in";

export const configuration: Command = {
  run: "cat swanctl.conf",
  alsoRun: [
    "cat /etc/swanctl/swanctl.conf",
    "cat /etc/swanctl/conf.d/NAME",
    "cat /etc/strongswan/swanctl/swanctl.conf",
  ],
  looksLike: [
    /^\s{0,40}(?:connections|secrets|children|authorities|pools)\s{0,8}\{/,
    new RegExp(`^\\s{1,40}(?:${OF_CONNECTION}|${OF_CHILD})\\s{0,20}=`),
    /^\s{0,40}(?:ike|eap|xauth|ntlm|private|ppk)(?:[-_][\w.-]{1,80})?\s{0,8}\{/,
  ],
  mayStartWith: [/^\s*#{1,2}(?![#A-Za-z])/, /^\s*include \S/, /^\s{0,40}[\w.@-]{1,80} ?\{$/],
  parse(output: Output): Parsed {
    const { root, unread, isWhole, includes } = readSections(output.lines);
    const connections = connectionsIn(root).map((section) => readConnection(section, root));
    const secrets = root.sections.get("secrets");
    const keys = readSecrets(secrets);
    // An included file may hold more of both. An open end may cut the last section short.
    const isAll = isWhole && includes.length === 0 && unread.length === 0 && output.isCut !== true;
    const hasConnections = root.sections.has("connections");
    return {
      values: asReadings({
        connections,
        keys,
        complete: isAll && hasConnections,
        keysComplete: isAll && secrets !== undefined && hasConnections,
      }),
      unread: settled(unread),
      command: "config",
    };
  },
};

/** What authenticates one side of a connection; outside of one where the line that opens the connection was lost. */
const OF_ONE_SIDE = /^(?:local|remote)(?:-[\w.-]{1,40})?$/;

/** Those under `connections`, or, where a piece was pasted, sections at the top that hold what only a connection has. */
function connectionsIn(root: Section): Section[] {
  const listed = root.sections.get("connections");
  if (listed) {
    const all = [...listed.sections.values()].filter(({ name }) => !OF_ONE_SIDE.test(name));
    const bases = new Set(all.flatMap((section) => section.bases));
    // What others inherit from, and has nothing to protect itself, is no connection.
    return all.filter(({ name, sections }) => sections.has("children") || !bases.has(`connections.${name}`));
  }
  return [...root.sections.values()].filter(
    ({ name, values, sections }) =>
      !/^(?:secrets|pools|authorities|charon|charon-systemd|swanctl)$/.test(name) &&
      (values.has("remote_addrs") || values.has("local_addrs") || sections.has("children")),
  );
}

function settled(unread: readonly Line[]): Line[] {
  return unread.filter(({ text }) => text.trim() !== "");
}

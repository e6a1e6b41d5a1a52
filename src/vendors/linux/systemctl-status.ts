/**
 * `systemctl status` of an IKE daemon: whether it runs. What it prints of the log behind that is read as a log.
 * Source: systemd 252, and the units of Debian's strongSwan 5.9.8 and libreswan 4.10.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";

// Those of ipsec.conf: of the two services that strongSwan has, the other one may run.
const UNIT =
  /^(?:[●○×*↻] )?(?<unit>strongswan|strongswan-starter|strongswan-swanctl|charon-systemd|ipsec)\.service(?: - \S.{0,120})?$/;
const ACTIVE = /^\s{1,12}Active: (?<state>active|activating|reloading|inactive|failed|deactivating)\b/;
const FIELD =
  /^\s{1,12}(?:Loaded|Active|Docs|Process|Main PID|Status|Tasks|Memory|CPU|CGroup|Duration|Condition|Drop-In|TriggeredBy|Invocation|man|IP|IO)\b|^\s{8,20}\S|^\s{0,20}$/;

export const systemctlStatus: Command = {
  run: "systemctl status NAME",
  alsoRun: ["sudo systemctl status NAME", "service NAME status"],
  looksLike: [UNIT],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    let unit: string | undefined;
    let enabled: { is: boolean; line: number } | undefined;
    for (const { text, number } of output.lines) {
      const named = UNIT.exec(text)?.groups?.["unit"];
      const state = ACTIVE.exec(text)?.groups?.["state"];
      if (named !== undefined) unit = named;
      else if (state !== undefined) enabled = { is: !/^(?:inactive|failed)$/.test(state), line: number };
      else if (!FIELD.test(text)) unread.push({ text, number });
    }
    if (unit === undefined || !enabled || (unit === "strongswan-starter" && !enabled.is)) return { values: [], unread };
    return {
      values: [{ kind: "ike-settings", enabled: enabled.is, complete: false, at: { enabled: enabled.line } }],
      unread,
    };
  },
};

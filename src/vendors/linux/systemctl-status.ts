/**
 * `systemctl status` of an IKE daemon: whether it runs. What it prints of the log behind that is read as a log.
 * Source: systemd 252, and the units of Debian's strongSwan 5.9.8 and libreswan 4.10.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";

const ACTIVE = /^\s{1,12}Active: (?<state>active|activating|reloading|inactive|failed|deactivating)\b/;
const FIELD =
  /^\s{1,12}(?:Loaded|Active|Docs|Process|Main PID|Status|Tasks|Memory|CPU|CGroup|Duration|Condition|Drop-In|TriggeredBy|Invocation|man|IP|IO)\b|^\s{8,20}\S|^\s{0,20}$/;

/**
 * `unit` matches the line that names the service, its name in group 1; `isOneOfTwo` the name of one that may be off because
 * the daemon's other service runs.
 */
export function systemctlStatus(unit: RegExp, isOneOfTwo?: RegExp): Command {
  return {
    run: "systemctl status [NAME]",
    alsoRun: ["sudo systemctl status [NAME]", "service NAME status"],
    looksLike: [unit],
    parse(output: Output): Parsed {
      const unread: Line[] = [];
      let name: string | undefined;
      let enabled: { is: boolean; line: number } | undefined;
      for (const { text, number } of output.lines) {
        const named = unit.exec(text)?.[1];
        const state = ACTIVE.exec(text)?.groups?.["state"];
        if (named !== undefined) name = named;
        else if (state !== undefined) enabled = { is: !/^(?:inactive|failed)$/.test(state), line: number };
        else if (!FIELD.test(text)) unread.push({ text, number });
      }
      if (name === undefined || !enabled || (isOneOfTwo?.test(name) === true && !enabled.is))
        return { values: [], unread };
      const { is, line } = enabled;
      return { values: [{ kind: "ike-settings", enabled: is, complete: false, at: { enabled: line } }], unread };
    },
  };
}

/** What swanctl says where there is no daemon to ask. Source: what 5.9.8 prints. */
import type { Command, Output, Parsed } from "../../domain/output.ts";

const NOBODY =
  /^connecting to 'unix:\/\/\/[\w./-]{1,80}\.vici' failed: (?:No such file or directory|Connection refused)\s*$/;

export const notRunning: Command = {
  run: "swanctl --stats",
  looksLike: [NOBODY],
  parse(output: Output): Parsed {
    // Behind it stands how swanctl is to be used.
    const found = output.lines.find(({ text }) => NOBODY.test(text));
    if (!found) return { values: [], unread: output.lines.filter(({ text }) => text.trim() !== "") };
    return {
      values: [{ kind: "ike-settings", enabled: false, complete: false, at: { enabled: found.number } }],
      unread: [],
    };
  },
};

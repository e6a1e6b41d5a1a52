/** `execute ping`: the same lines as Linux prints. What `execute ping-options` set before does not show. */
import type { Command } from "../../domain/output.ts";
import { linuxPing } from "../linux/ping.ts";

export const ping: Command = {
  ...linuxPing,
  run: "execute ping [ADDRESS]",
  looksLike: [/^PING \S{1,253} \([0-9a-fA-F.:]{2,45}\): \d{1,6} data bytes$/],
  continues: (text) => linuxPing.looksLike.some((pattern) => pattern.test(text)),
};

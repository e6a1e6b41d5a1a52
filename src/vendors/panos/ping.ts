/** `ping` of PAN-OS: what Linux prints, with other words before the address. */
import type { Command } from "../../domain/output.ts";
import { linuxPing } from "../linux/ping.ts";

export const ping: Command = {
  ...linuxPing,
  run: "ping [source ADDRESS] [count NUMBER] [size BYTES] [interval SECONDS] [do-not-fragment yes] [inet6 yes] [bypass-routing yes] [host NAME]",
};

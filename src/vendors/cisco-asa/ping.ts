/** `ping` of the ASA: the same marks and rate as IOS, other words before the address. */
import type { Command } from "../../domain/output.ts";
import { ping as iosPing } from "../cisco-ios/ping.ts";

export const ping: Command = {
  ...iosPing,
  run: "ping [INTERFACE] [ADDRESS] [tcp] [data PATTERN] [repeat COUNT] [size BYTES] [timeout SECONDS] [validate]",
};

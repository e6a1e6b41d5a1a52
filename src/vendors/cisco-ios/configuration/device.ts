/** The device itself: host name and software version. */
import type { Collected, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

const HOSTNAME = /^hostname (?<hostname>\S{1,63})$/;
const VERSION = /^version (?<version>\d{1,2}\.\d[^\s;]{0,30})$/;

export function takeDevice({ text, line }: Statement, { device }: Collected): Taken {
  const hostname = HOSTNAME.exec(text)?.groups?.["hostname"];
  const version = VERSION.exec(text)?.groups?.["version"];
  if (hostname !== undefined) {
    device.hostname = hostname.replace(/^"|"$/g, "");
    device.hostnameLine = line;
  }
  if (version !== undefined) device.version = version;
  return (hostname ?? version) ? "read" : undefined;
}

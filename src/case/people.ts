/** People, as a write-up names them. */
import type { Stamp } from "./events.ts";

/** As others call them, else their id in the chat; of the page's, whom nobody named, as much of it as tells them apart. */
export function calledIn(stamp: Stamp | undefined): string | null {
  const { id, name } = stamp?.by ?? {};
  if (name !== undefined) return name;
  return id?.startsWith("web-") === true ? `web user ${id.slice(4, 8)}` : (id ?? null);
}

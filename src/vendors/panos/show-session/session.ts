/** A session of the firewall, and how it is told. */
import type { LogMessage } from "../../../negotiations/message.ts";

export interface Session {
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  /** "zone:trust" in the table, an interface where one session is shown. */
  readonly entrance: string | undefined;
  readonly exit: string | undefined;
  readonly isDiscarded: boolean;
  /** Its source as it leaves, where NAT changed it. */
  readonly translated?: string | undefined;
  readonly at: { readonly from: number; readonly to: number; readonly state: number; readonly translated: number };
}

/** What a trace of its first packet would say. */
export function messagesOf({
  source,
  destination,
  entrance,
  exit,
  isDiscarded,
  translated,
  at,
}: Session): LogMessage[] {
  const packet = `[${source} -> ${destination} in ${entrance ?? "?"} out ${exit ?? "?"}]`;
  const messages: LogMessage[] = [{ line: at.from, text: `session came in ${packet}` }];
  if (isDiscarded) return [...messages, { line: at.state, text: `session is discarded ${packet}` }];
  if (exit !== undefined) messages.push({ line: at.to, text: `session goes out ${packet}` });
  if (translated !== undefined) messages.push({ line: at.translated, text: `session leaves translated ${packet}` });
  return messages;
}

/** What a vendor brings of each line of its log. */
import type { EspProposal, IkeProposal } from "../domain/readings/connection.ts";
import type { Attempt, Compared, OfferedIkePolicy, OfferedIpsecProposal } from "../domain/readings/log.ts";
import type { TunnelNames } from "../domain/readings/names.ts";

/** A line of a log without its head. */
export interface LogMessage {
  readonly line: number;
  readonly text: string;
  /** Its time stamp as printed, and in seconds on the log's own clock. */
  readonly time?: string | undefined;
  readonly seconds?: number | undefined;
  /** Which exchange it is of, where the line or its thread tells: a connection's name with its number, a cookie, an SPI. */
  readonly exchange?: string | undefined;
  readonly peer?: string | undefined;
  readonly local?: string | undefined;
  readonly version?: 1 | 2 | undefined;
  readonly names?: TunnelNames | undefined;
  /** What a vendor's own reading found in the line. */
  readonly details?: AttemptDetails | undefined;
}
export interface AttemptDetails {
  readonly ikeOffers?: readonly OfferedIkePolicy[];
  readonly ipsecOffers?: readonly OfferedIpsecProposal[];
  readonly proxies?: Attempt["proxies"];
  readonly ikeCompared?: Compared<IkeProposal>;
  readonly espCompared?: Compared<EspProposal>;
}

/** When an SA of a flow can carry packets. */
import type { IpsecFlow } from "../domain/readings/ipsec.ts";

/**
 * true: an SA is listed, and the outbound SPI, where it was printed, is not zero; false: the outbound SPI is zero, or the
 * headings of the SAs were printed with nothing under them; undefined: the output was cut before it could tell. An
 * outbound SPI with no SA under it is the end of a paste, not a tunnel.
 */
export function hasActiveSa({ outboundSpi, sas, at }: IpsecFlow): boolean | undefined {
  if (outboundSpi !== undefined && /^0x0+$/i.test(outboundSpi)) return false;
  if (sas.length > 0) return true;
  const isWhole = at["inboundEsp"] !== undefined && at["outboundEsp"] !== undefined;
  return isWhole && outboundSpi === undefined ? false : undefined;
}

/** When an SA of a flow can carry packets. */
import type { IpsecFlow } from "../domain/readings/ipsec.ts";

/**
 * true: an SA is listed, or the outbound SPI is not zero; false: the outbound SPI is zero, or the headings of the SAs
 * were printed with nothing under them; undefined: the output was cut before it could tell.
 */
export function hasActiveSa({ outboundSpi, sas, at }: IpsecFlow): boolean | undefined {
  if (outboundSpi !== undefined) return !/^0x0+$/i.test(outboundSpi);
  if (sas.length > 0) return true;
  return at["inboundEsp"] !== undefined && at["outboundEsp"] !== undefined ? false : undefined;
}

/** What an address tells of itself. */
import ipaddr from "ipaddr.js";

/** Documentation addresses (RFC 5737, RFC 3849) stand for public ones. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const range = ipaddr.parse(address).range();
  return range === "unicast" || /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:db8:/.test(address);
}

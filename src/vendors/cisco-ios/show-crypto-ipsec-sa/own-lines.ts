/** The lines that only `show crypto ipsec sa` prints, told by their beginnings: a hub prints a million of them. */

/** IOS indents all of them; a line whose indentation was lost is looked at like any other. */
const LEAST_INDENT = 3;

/** Whether the line is one of this output's body, wherever it stands. Heads, which the ASA has too, are not among them. */
export function isOwnLine(text: string): boolean {
  let at = 0;
  while (text.charCodeAt(at) === 32) at += 1;
  return at >= LEAST_INDENT && startsOwnLine(text, at);
}

function startsOwnLine(text: string, at: number): boolean {
  switch (text.charCodeAt(at)) {
    case 35: // #
      return text.startsWith("#pkts ", at) || text.startsWith("##pkts ", at);
    case 73: // I
      return text.startsWith("IV size: ", at);
    case 80: // P
      return text.startsWith("PERMIT, flags={", at) || text.startsWith("PFS (Y/N): ", at);
    case 83: // S
      return text.startsWith("Status: ACTIVE", at);
    case 99: // c
      return (
        text.startsWith("conn id: ", at) ||
        text.startsWith("current_peer ", at) ||
        text.startsWith("current outbound spi: ", at)
      );
    case 105: // i
      return isHeading(text, at, "inbound ") || text.startsWith("in use settings =", at);
    case 108: // l
      return text.startsWith("local  ident (addr/mask/prot/port): ", at) || text.startsWith("local crypto endpt", at);
    case 111: // o
      return isHeading(text, at, "outbound ");
    case 112: // p
      return text.startsWith("protected vrf: ", at) || text.startsWith("plaintext mtu ", at);
    case 114: // r
      return (
        text.startsWith("replay detection support: ", at) || text.startsWith("remote ident (addr/mask/prot/port): ", at)
      );
    case 115: // s
      return text.startsWith("spi: 0x", at) || text.startsWith("sa timing: ", at);
    case 116: // t
      return text.startsWith("transform: ", at);
    default:
      return false;
  }
}

/** "inbound esp sas:", "outbound ah sas:" */
function isHeading(text: string, at: number, direction: string): boolean {
  return text.startsWith(direction, at) && text.endsWith(" sas:");
}

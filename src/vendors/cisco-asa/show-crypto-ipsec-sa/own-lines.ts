/** The lines that stand in the body of the ASA's `show crypto ipsec sa`, told by their beginnings. */

const LEAST_INDENT = 3;

/** Whether an indented line is surely of this output's body; the identities, which IOS has too, are not among them. */
export function isOwnLine(text: string): boolean {
  let at = 0;
  while (text.charCodeAt(at) === 32) at += 1;
  if (at < LEAST_INDENT) return false;
  switch (text.charCodeAt(at)) {
    case 35: // #
      return isLetter(text.charCodeAt(at + 1));
    case 48: // 0
      return text.startsWith("0x", at);
    case 65: // A
      return text.startsWith("Anti replay bitmap", at);
    case 67: // C
      return text.startsWith("Crypto map tag: ", at) && text.includes(", seq num: ");
    case 73: // I
      return text.startsWith("IV size: ", at) || text.startsWith("ICMP error validation: ", at);
    case 80: // P
      return text.startsWith("PMTU time remaining", at);
    case 83: // S
      return text.startsWith("SA State: ", at);
    case 97: // a
      return at >= 6 && text.startsWith("access-list ", at) && text.includes(" extended permit ", at);
    case 99: // c
      return text.startsWith("current outbound spi: ", at) || text.startsWith("current inbound spi", at);
    case 105: // i
      return text.startsWith("inbound esp sas:", at) || text.startsWith("in use settings =", at);
    case 108: // l
      return text.startsWith("local crypto endpt", at);
    case 111: // o
      return text.startsWith("outbound esp sas:", at);
    case 112: // p
      return text.startsWith("path mtu ", at);
    case 114: // r
      return text.startsWith("replay detection support: ", at);
    case 115: // s
      return text.startsWith("spi: 0x", at) || text.startsWith("slot: ", at) || text.startsWith("sa timing: ", at);
    case 116: // t
      return text.startsWith("transform: ", at);
    default:
      return false;
  }
}

/** "#pkts encaps", "#PMTUs sent"; a heading or a comment has a blank or another sign there. */
function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122;
}

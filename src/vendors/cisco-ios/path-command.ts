/** What a command about the way of packets was asked for: the destination and the VRF among its words. */
import { canonicalAddress } from "../../domain/network.ts";

/** The first address among the command's words ("4.1.1.0/24" counts as 4.1.1.0), in canonical spelling. */
export function askedAddress(command: string): string | undefined {
  for (const word of words(command)) {
    const slash = word.indexOf("/");
    const address = canonicalAddress(slash === -1 ? word : word.slice(0, slash));
    if (address !== undefined) return address;
  }
  return undefined;
}

/** The word after a keyword ("vrf", "source"); undefined where the command does not have it. */
export function wordAfter(command: string, keyword: string): string | undefined {
  const all = words(command);
  const at = all.indexOf(keyword);
  return at === -1 ? undefined : all[at + 1];
}

/** Whether a word is what IOS calls an interface: "GigabitEthernet0/0/1.100", "Tunnel0", "Null0", "Vlan10". */
export function isInterfaceName(word: string): boolean {
  return INTERFACE.test(word) || NAMED_INTERFACE.test(word);
}

/** Lines that IOS prints before any answer when `terminal exec prompt timestamp` is set. */
export function isClockLine(text: string): boolean {
  return CLOCK.test(text);
}

const INTERFACE = /^[A-Za-z][A-Za-z-]{0,40}\d[\d/.:]{0,30}$/;
const NAMED_INTERFACE = /^[A-Za-z][A-Za-z-]{0,40}-(?:intf|if)$/;
const CLOCK = /^\s*(?:Load for five secs: |Time source is )/;

function words(command: string): string[] {
  const pipe = command.indexOf("|");
  return (pipe === -1 ? command : command.slice(0, pipe)).trim().split(/\s+/);
}

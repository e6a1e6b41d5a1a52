/** What a fix could not be filled with: where on the device it stands. */
import type { PlatformId } from "../domain/ids.ts";

/** Commands of IOS and the ASA that show what a blank stands for, by words of the blank. */
const IOS: readonly (readonly [blank: RegExp, where: string])[] = [
  [/transform set/, "show crypto ipsec transform-set"],
  [/crypto access list|entry number|crypto map|address that is set now/, "show crypto map"],
  [/policy in use/, "show crypto ikev2 policy"],
  [/proposal in use/, "show crypto ikev2 proposal"],
  [/free number/, "show crypto isakmp policy"],
  [/^profile$/, "show running-config | section crypto"],
  [/number before/, "show ip access-lists"],
  [/interface|access list on the outside/, "show running-config | section interface"],
  [/network here|network there|protected address|other end's entries/, "show access-lists"],
  [/next hop/, "show ip route"],
];
const ASA: typeof IOS = [
  [/transform set|crypto access list|entry number|crypto map/, "show running-config crypto map"],
  [/free number/, "show running-config crypto"],
  [/network here|network there/, "show running-config access-list"],
  [/next hop|interface/, "show route"],
];
const BLANK = /<([a-z][a-z' ]{2,60})>/g;

/**
 * A sentence for each blank that is left in a fix's commands and that its note does not speak of; "" where there is none.
 * Nothing is said of an address that only people know, such as the peer's.
 */
export function whereToFind(platform: PlatformId, commands: readonly string[], note: string): string {
  const places = platform === "cisco-ios" ? IOS : platform === "cisco-asa" ? ASA : [];
  const said = new Map<string, string[]>();
  for (const [, blank = ""] of commands.join("\n").matchAll(BLANK)) {
    const where = places.find(([words]) => words.test(blank))?.[1];
    if (where === undefined || note.includes(where)) continue;
    const blanks = said.get(where) ?? [];
    if (!blanks.includes(blank)) blanks.push(blank);
    said.set(where, blanks);
  }
  return [...said].map(([where, blanks]) => ` ${told(blanks)}: see "${where}".`).join("");
}

/** "<a free number>" and "<the policy in use>" bring their article. */
function told(blanks: readonly string[]): string {
  const words = blanks.map((blank) => (/^(?:an?|the) /.test(blank) ? blank : `the ${blank}`)).join(", ");
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

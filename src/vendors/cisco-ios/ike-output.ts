/** What the readers of the IKE show commands share: words of a line, lines that say nothing, restrictions asked for. */
import { canonicalAddress } from "../../domain/network.ts";

/** No line of these commands is nearly as long; a longer one is not tried. */
const LONGEST_LINE = 1000;

/** Blank lines, drawn rules, "[...]", and what `terminal exec prompt timestamp` puts before an answer. */
export function isFiller(text: string): boolean {
  return /^[\s\-=_*+~.…|#<>[\]()]*$/.test(text) || /^\s*(?:Load for five secs: |Time source is )/.test(text);
}

/** IKE is switched off on this router (`no crypto isakmp enable`). */
export function saysIkeOff(text: string): boolean {
  return /^\s*%?\s?(?:Crypto )?ISAKMP is (?:turned off|off|disabled|not enabled)\b/i.test(text);
}

/** The words of a line; blanks, tabs and the bars of a Markdown table separate them. */
export function wordsOf(text: string): string[] {
  if (text.length > LONGEST_LINE) return [];
  return text.split(/[\s|]+/).filter((word) => word !== "");
}

/** Whether a word stands where an address stands: one, or one that was masked ("203.0.X.X", "<PUBLIC-IP>"). */
export function isAddressLike(word: string): boolean {
  return (
    /^(?:[\dxX*]{1,3}\.){3}[\dxX*]{1,3}$/.test(word) ||
    (/^[0-9a-fA-FxX*:.]{2,45}$/.test(word) && /:.{0,4}:/.test(word) && !isTime(word)) ||
    /^<[A-Za-z0-9_.-]{1,40}>$/.test(word)
  );
}

/** The address in canonical spelling, or as printed where it is not quite one; undefined where it was masked. */
export function addressFrom(word: string): string | undefined {
  const address = canonicalAddress(word);
  if (address !== undefined) return address;
  return isAddressLike(word) && !/[xX*<]/.test(word) ? word.toLowerCase() : undefined;
}

/** "01:59:45", "1d02h", "2w3d": a time as IOS counts it. */
export function isTime(word: string): boolean {
  return secondsFromTime(word) !== undefined;
}

/** Seconds of "01:59:45", "1d02h" or "2w3d" (the last two are cut by IOS itself); undefined for anything else. */
export function secondsFromTime(word: string): number | undefined {
  const clock = /^(\d{1,4}):(\d\d):(\d\d)$/.exec(word);
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  const long = /^(?:(\d{1,3})y)?(?:(\d{1,3})w)?(?:(\d{1,3})d)?(?:(\d{1,3})h)?$/.exec(word);
  if (!long || word === "") return undefined;
  const [, years = 0, weeks = 0, days = 0, hours = 0] = long.map(Number).map((part) => (Number.isNaN(part) ? 0 : part));
  return ((years * 365 + weeks * 7 + days) * 24 + hours) * 3600;
}

/** The word after `keyword` in a written-out command, before any pipe. */
export function argumentOf(command: string, keyword: string): string | undefined {
  const words = beforePipe(command).split(" ");
  const at = words.indexOf(keyword);
  return at === -1 ? undefined : words[at + 1];
}

/** Whether the command, before any pipe, has this keyword. */
export function hasWord(command: string, keyword: string): boolean {
  return beforePipe(command).split(" ").includes(keyword);
}

/** What the command line left out: those of `keywords` ("vrf NAME", "active") that it has, and its pipe. */
export function restrictionOf(command: string, keywords: readonly string[]): string | undefined {
  const words = beforePipe(command).split(" ");
  const found: string[] = [];
  for (const keyword of keywords) {
    const [name = "", argument] = keyword.split(" ");
    const at = words.indexOf(name);
    if (at !== -1) found.push(words.slice(at, argument === undefined ? at + 1 : at + 2).join(" "));
  }
  const pipe = command.indexOf("|");
  if (pipe !== -1) found.push(command.slice(pipe));
  return found.length === 0 ? undefined : found.join(" ");
}

/** The command with `detail` among its words, before any pipe. */
export function withDetail(command: string): string {
  if (hasWord(command, "detail")) return command;
  const pipe = command.indexOf("|");
  return pipe === -1 ? `${command} detail` : `${command.slice(0, pipe).trimEnd()} detail ${command.slice(pipe)}`;
}

function beforePipe(command: string): string {
  const pipe = command.indexOf("|");
  return (pipe === -1 ? command : command.slice(0, pipe)).trim();
}

/** Reads prompts: whose they are, in which mode, and what was typed after them. */
import type { PlatformId } from "../domain/ids.ts";
import type { Vendor } from "../domain/output.ts";
import { startsLikeCommand } from "./known-commands.ts";

export interface Prompt {
  readonly host?: string | undefined;
  /** The platforms that have such a prompt, likeliest first; empty for one that none of ours has. */
  readonly platforms: readonly PlatformId[];
  /** Configuration mode's name ("config-crypto-map"), if the device was in one. */
  readonly configMode?: string | undefined;
  readonly typed: string;
  /** A log message that the console printed after the prompt, or into a half-typed command. */
  readonly log?: string | undefined;
  /** Blanks before the prompt. */
  readonly indent: number;
}

const CISCO = /^(?<host>[A-Za-z0-9][\w.-]{0,62})(?<unit>(?:\/[\w-]{1,32}){0,3})(?:\((?<mode>[\w-]{1,40})\))?[#>](?!>)/;
const XR = /^RP\/\d{1,3}\/\w{1,8}\/CPU\d:(?<host>[\w.-]{1,63})(?:\((?<mode>[\w-]{1,40})\))?#/;
const FORTI = /^(?<host>[A-Za-z][\w.-]{0,62}) (?:\((?<mode>[^()]{1,40})\) )?[#$](?: |$)/;
const AT =
  /^(?<user>[A-Za-z_][\w.-]{0,62})@(?<host>[A-Za-z0-9][\w.-]{0,62})(?:\([\w-]{1,20}\))?(?<path>:[^\s#$%>]{0,200})?(?<sign>[#$%>]) ?/;
const ROUTEROS = /^\[[^\]@]{1,60}@(?<host>[^\]]{1,60})\] (?:\/?[a-z][\w /-]{0,60})?> ?/;
const BRACKETS = /^\[[\w.-]{1,60}@(?<host>[\w.-]{1,63}) [^\]]{1,200}\][#$] ?/;
const NAMELESS = /^[#>$%] ?(?=[a-z])/i;
const LOG_INSIDE =
  /(?:[*.]?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d|\b\d{1,9}: [*.]?[A-Z][a-z]{2} {1,2}\d{1,2} |%[A-Z][A-Z0-9_]{1,30}-\d-[A-Z]|ISAKMP(?:-\w{1,8})?: ?\()/;

const FORTI_DEBUG =
  /^(?:\d{4}-\d\d-\d\d [\d:.]{8,15} {1,2})?(?:ike (?:V=[^\s:]{1,32}:)?\d{1,4}:|id=\d{1,10} trace_id=\d{1,10} func=)/;

const LETTERS_AND_DIGITS = 1;
const HOST_SIGNS = 2;
const KIND = new Uint8Array(128);
for (let code = 48; code < 123; code += 1)
  if (/[A-Za-z0-9]/.test(String.fromCharCode(code))) KIND[code] = LETTERS_AND_DIGITS;
for (const sign of "._-") KIND[sign.charCodeAt(0)] = HOST_SIGNS;

/** The prompt at the start of a line, if there is one; `vendors` may know prompts that are not known here. */
export function readPrompt(text: string, vendors: readonly Vendor[]): Prompt | undefined {
  let indent = 0;
  while (text.charCodeAt(indent) === 32 || text.charCodeAt(indent) === 9) indent += 1;
  let at = indent;
  if ((KIND[text.charCodeAt(at)] ?? 0) === LETTERS_AND_DIGITS)
    do at += 1;
    while ((KIND[text.charCodeAt(at)] ?? 0) !== 0 && at - indent < 64);
  const after = text[at] ?? "";
  // Most lines are no prompts, and the character after their first word tells.
  if (at === indent ? !"[#>$%".includes(after) || after === "" : !"#>(/@ :".includes(after) || after === "")
    return undefined;
  if (after === " " && at > indent && !"#($".includes(text[at + 1] ?? "x")) return undefined;
  const line = indent === 0 ? text : text.slice(indent);
  return known(line, indent) ?? vendorPrompt(line, vendors, indent);
}

function known(line: string, indent: number): Prompt | undefined {
  const nameless = NAMELESS.exec(line);
  if (nameless) return namelessPrompt(line.slice(nameless[0].length).trim(), indent);
  if (line.startsWith("[")) {
    const mikrotik = ROUTEROS.exec(line);
    if (mikrotik) return prompt(line, mikrotik, ["routeros"], indent);
    const linux = BRACKETS.exec(line);
    return linux ? shell(line, linux, indent) : undefined;
  }
  const cisco = CISCO.exec(line);
  if (cisco) return ciscoPrompt(line, cisco, indent);
  const at = AT.exec(line);
  if (at) return userAtHost(line, at, indent);
  const forti = FORTI.exec(line);
  if (forti) return fortiPrompt(line, forti, indent);
  const xr = XR.exec(line);
  return xr ? prompt(line, xr, [], indent) : undefined;
}

function ciscoPrompt(line: string, match: RegExpExecArray, indent: number): Prompt | undefined {
  const { mode, unit = "", host = "" } = match.groups ?? {};
  const rest = line.slice(match[0].length).trim();
  if (mode !== undefined && !mode.startsWith("conf") && !/^(?:ipsec|cfg|ca|gdoi|pki|boot)/.test(mode)) return undefined;
  const isAsa = unit !== "" || /^(?:ciscoasa|firepower)$/i.test(host);
  const platforms: PlatformId[] = isAsa ? ["cisco-asa"] : ["cisco-ios", "cisco-asa"];
  const base = { host, platforms, configMode: mode, indent };
  const log = LOG_INSIDE.exec(rest.slice(0, 300));
  if (log) return { ...base, typed: "", log: rest.slice(log.index) };
  // In configuration mode anything may be typed; elsewhere "Group#2" or "a>b" must not pass for a prompt.
  if (rest !== "" && mode === undefined && !rest.startsWith("$") && !startsLikeCommand(rest)) return undefined;
  if (/^(?:\d+|more)$/i.test(host)) return undefined;
  return { ...base, typed: rest };
}

function userAtHost(line: string, match: RegExpExecArray, indent: number): Prompt | undefined {
  const { host = "", path, sign = "" } = match.groups ?? {};
  if (path !== undefined || "$%".includes(sign)) return shell(line, match, indent);
  const typed = line.slice(match[0].length).trim();
  const configured = sign === "#" ? edited(host, typed, indent) : undefined;
  if (configured) return configured;
  const isPalo =
    /^pa-?(?:\d|vm)/i.test(host) ||
    /^(?:show (?:vpn|routing|running|session|counter|log system|log traffic)|test (?:vpn|routing|security-policy-match|nat-policy-match)|less mp-log|tail follow|debug ike|ping .{0,120}\bhost \S)/.test(
      typed,
    );
  return { host, platforms: isPalo ? ["panos"] : ["junos", "panos"], typed, indent };
}

/** What is typed in the configuration mode of Junos. */
const EDITED =
  /^(?:(?:set|delete|edit|activate|deactivate|show|run|top edit) (?:security|interfaces|routing-options|routing-instances|policy|gateway|proposal|vpn|zones|nat|show|ping)\b|(?:run )?show(?:$| \|)|commit(?:$| )|rollback(?:$| )|top$|up$|show \| )/;

/** `run` before a command of the other mode is left out; `show LEVEL` shows the configuration here. */
function edited(host: string, typed: string, indent: number): Prompt | undefined {
  if (!EDITED.test(typed)) return undefined;
  const platforms: PlatformId[] = ["junos", "panos"];
  if (typed.startsWith("run ")) return { host, platforms, typed: typed.slice(4), indent };
  if (typed.startsWith("show")) return { host, platforms, typed: typed.replace(/^show/, "show configuration"), indent };
  return { host, platforms, configMode: "edit", typed, indent };
}

function shell(line: string, match: RegExpExecArray, indent: number): Prompt {
  const typed = line.slice(match[0].length).trim();
  const { host } = match.groups ?? {};
  return { host, platforms: [shellPlatform(typed)], typed, indent };
}

function shellPlatform(typed: string): PlatformId {
  if (/^(?:sudo )?aws /.test(typed)) return "aws";
  return /\bipsec (?:whack|auto|newhostkey|barf|trafficstatus|briefstatus|showstates|connectionstatus|shuntstatus|fipsstatus|showhostkey)\b|\bpluto\b/.test(
    typed,
  )
    ? "libreswan"
    : "strongswan";
}

function fortiPrompt(line: string, match: RegExpExecArray, indent: number): Prompt | undefined {
  const typed = line.slice(match[0].length).trim();
  // The debug runs on the console, behind whatever prompt stands there.
  if (FORTI_DEBUG.test(typed))
    return { host: match.groups?.["host"], platforms: ["fortios"], typed: "", log: typed, indent };
  if (typed !== "" && !startsLikeCommand(typed) && !/^(?:next|unset|append|abort)\b/.test(typed)) return undefined;
  // IOS has no blank before "#", but hands that copy put one there.
  const isIos = /^(?:sho?w?) (?:cry|ip |ru|acc|log|ver)/i.test(typed);
  const { host, mode = "" } = match.groups ?? {};
  if (isIos) return { host, platforms: ["cisco-ios"], typed, indent };
  // With VDOMs the name of one stands where the table stands elsewhere.
  const isConfigured = /^(?:config|edit|set|unset|append|next|end|abort)\b/.test(typed);
  return { host, platforms: ["fortios"], ...(isConfigured && { configMode: `(${mode})` }), typed, indent };
}

/** `#sh cry isa sa`: the name was taken out. */
function namelessPrompt(typed: string, indent: number): Prompt | undefined {
  if (/^(?:sudo )?(?:ipsec|swanctl|ip xfrm|journalctl|strongswan|setkey|tcpdump|aws) /.test(typed))
    return { platforms: [shellPlatform(typed)], typed, indent };
  if (!/^(?:sho?w?|ping|clear?|debug?) [a-z0-9]/i.test(typed)) return undefined;
  return { platforms: ["cisco-ios", "cisco-asa"], typed, indent };
}

function prompt(line: string, match: RegExpExecArray, platforms: readonly PlatformId[], indent: number): Prompt {
  const { host, mode } = match.groups ?? {};
  return { host, platforms, configMode: mode, typed: line.slice(match[0].length).trim(), indent };
}

function vendorPrompt(line: string, vendors: readonly Vendor[], indent: number): Prompt | undefined {
  for (const vendor of vendors) {
    if (vendor.id === "cisco-ios" || vendor.id === "cisco-asa") continue;
    const match = vendor.prompt.exec(line);
    if (match) return prompt(line, match, [vendor.id], indent);
  }
  return undefined;
}

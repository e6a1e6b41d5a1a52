/**
 * `show crypto pki certificates [verbose]`: the device's own certificates and those of its authorities, with their dates.
 * ASA prints nearly the same for `show crypto ca certificates`.
 * Source: Cisco IOS Security Command Reference, "show crypto pki certificates"; not checked against a device.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Certificate } from "../../domain/readings/certificate.ts";
import { deviceTime } from "./device-time.ts";
import { isFiller } from "./ike-output.ts";

const HEAD = /^(?<whose>[A-Z][\w -]{1,40} )?Certificate(?<rollover> \(Rollover\))?\s*$/;
const STATUS = /^\s{1,8}Status: (?<status>[A-Za-z][\w ]{2,40}?)\s*$/;
const DATE = /^\s{1,8}(?<which>start|end) {1,4}date: ?(?<time>\S.{10,})$/;
const TRUST_POINTS = /^\s{1,8}Associated Trustpoints?: ?(?<names>\S.*)$/;
const VALIDITY = /^\s{1,8}Validity Date: *$/;
/** A trust point that was asked for by name, or a filter. */
const ASKED = /^show crypto \S{2,3} certificates (?:verbose )?(?<name>(?!verbose)\S.{0,100})$/;
const SERIAL = /^\s{1,8}Certificate Serial Number(?: \(hex\))?: ?\S/;

/** Not a trust point but the bundle of the maker's and the world's authorities: of `show crypto pki trustpool`. */
const POOL = /^(?:\w{1,40}_)?Trustpool\d{0,4}$/;

interface Draft {
  readonly line: number;
  /** "other": a registration authority's, or one that waits for the old one to end. */
  readonly use: Certificate["use"] | "other";
  readonly at: Record<string, number>;
  status?: string;
  notBefore?: Certificate["notBefore"];
  notAfter?: Certificate["notAfter"];
  trustPoints: readonly string[];
}

export const showCryptoPkiCertificates: Command = {
  run: "show crypto pki certificates [verbose] [NAME]",
  alsoRun: ["show crypto ca certificates [verbose] [NAME]"],
  looksLike: [VALIDITY, DATE, TRUST_POINTS, SERIAL],
  mayStartWith: [HEAD],
  parse(output: Output): Parsed {
    const drafts: Draft[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const head = HEAD.exec(line.text)?.groups;
      const open = drafts.at(-1);
      if (head) drafts.push({ line: line.number, use: useOf(head), at: {}, trustPoints: [] });
      // What a subject, an issuer or an extension says is anybody's to word: nothing of it is worth telling as unread.
      else if (open) readLine(open, line);
      else if (!isFiller(line.text)) unread.push(line);
    }
    if (drafts.length === 0 && unread.length > 0) return { values: [], unread };
    if (drafts.length === 0 && output.isOpenEnded === true) return { values: [], unread };
    const certificates = drafts.flatMap(({ use, ...draft }): Certificate[] =>
      use === "other" || isOfPool(draft) ? [] : [{ ...draft, use }],
    );
    // Of a pool alone nothing is said: neither that the device has certificates for a tunnel, nor that it has none.
    if (drafts.length > 0 && drafts.every(isOfPool)) return { values: [], unread: output.lines };
    const asked = ASKED.exec(output.command)?.groups?.["name"];
    return { values: [{ kind: "certificates", certificates, ...(asked !== undefined && { asked }) }], unread };
  },
};

function isOfPool({ trustPoints }: Pick<Draft, "trustPoints">): boolean {
  return trustPoints.length > 0 && trustPoints.every((name) => POOL.test(name));
}

function useOf({ whose = "", rollover }: Readonly<Record<string, string | undefined>>): Draft["use"] {
  if (rollover !== undefined || /^RA /.test(whose)) return "other";
  return /^(?:Associated )?(?:Sub-?)?CA /i.test(whose) ? "ca" : "own";
}

function readLine(open: Draft, { text, number }: Line): void {
  const status = STATUS.exec(text)?.groups?.["status"];
  const date = DATE.exec(text)?.groups;
  const names = TRUST_POINTS.exec(text)?.groups?.["names"];
  if (status !== undefined) {
    open.status ??= status;
    open.at["status"] ??= number;
  } else if (date) {
    const field = date["which"] === "start" ? "notBefore" : "notAfter";
    const time = deviceTime(date["time"] ?? "");
    if (time === undefined || open[field] !== undefined) return;
    open[field] = time;
    open.at[field] = number;
  } else if (names !== undefined) open.trustPoints = names.trim().split(/\s+/);
}

/**
 * `show crypto pki trustpoints status`: whether each trust point has its authority's certificate and one of its own.
 * Source: Cisco IOS Security Command Reference, "show crypto pki trustpoints"; not checked against a device.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { TrustPoint } from "../../domain/readings/certificate.ts";
import { isFiller } from "./ike-output.ts";

const HEAD = /^Trustpoint (?<name>\S{1,100}):\s*$/;
const FIELD =
  /^\s{1,8}(?<field>Keys generated|Issuing CA authenticated|Certificate request\(s\)) ?\.{3,60} ?(?<value>\S.{0,60}?)\s*$/;
const CONFIGURED =
  /^\s{1,8}(?<whose>Issuing CA|Router (?:General Purpose|Signature|Self-Signed)) certificate (?<not>not )?configured/;

interface Draft {
  readonly name: string;
  readonly line: number;
  hasAuthority?: boolean;
  hasOwn?: boolean;
  readonly at: Record<string, number>;
}

export const showCryptoPkiTrustpointsStatus: Command = {
  run: "show crypto pki trustpoints [NAME] status",
  alsoRun: ["show crypto pki trustpoints status", "show crypto ca trustpoints [NAME] status"],
  looksLike: [FIELD, CONFIGURED],
  mayStartWith: [HEAD],
  parse(output: Output): Parsed {
    const drafts: Draft[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const name = HEAD.exec(line.text)?.groups?.["name"];
      const open = drafts.at(-1);
      if (name !== undefined) drafts.push({ name, line: line.number, at: {} });
      else if (open) readLine(open, line);
      else if (!isFiller(line.text)) unread.push(line);
    }
    if (drafts.length === 0 && unread.length > 0) return { values: [], unread };
    return { values: [{ kind: "trust-points", trustPoints: drafts satisfies TrustPoint[] }], unread };
  },
};

function readLine(open: Draft, { text, number }: Line): void {
  const { field, value = "" } = FIELD.exec(text)?.groups ?? {};
  if (field === "Issuing CA authenticated" && /^(?:yes|no)\b/i.test(value)) {
    open.hasAuthority = /^yes/i.test(value);
    open.at["hasAuthority"] = number;
  } else if (field === "Certificate request(s)" && /^(?:yes|none|pending)\b/i.test(value)) {
    open.hasOwn = /^yes/i.test(value);
    open.at["hasOwn"] = number;
  }
}

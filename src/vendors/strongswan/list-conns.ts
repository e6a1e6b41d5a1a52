/**
 * `swanctl --list-conns`: connections as the daemon has loaded them. It prints no proposals and no keys.
 * Source: strongSwan, src/swanctl/commands/list_conns.c, and what 5.9.8 prints.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Connection, ConnectionAuth, ConnectionChild } from "../../domain/readings/connection.ts";
import { authMethod } from "./auth-method.ts";
import { readSelectors } from "./selectors.ts";

const CONNECTION = /^(?<name>\S{1,120}): (?<version>IKEv1\/2|IKEv[12]), (?<rest>(?:no )?reauthentication\b.{0,200})$/;
const ENDS = /^ {2}(?<side>local|remote): {1,2}(?<addresses>\S.{0,500})$/;
const AUTH = /^ {2}(?<side>local|remote) (?<method>[A-Za-z][\w -]{2,60}) authentication:$/;
const IN_AUTH = /^ {4}(?<key>id|eap_id|xauth_id|groups|certs|cacerts|cert policy|aaa_id): {1,2}(?<value>.{0,500})$/;
const CHILD =
  /^ {2}(?<name>\S{1,120}): (?<mode>TUNNEL|TRANSPORT|BEET|PASS|DROP)(?:-in-UDP)?, (?<rest>(?:no )?rekeying\b.{0,200})$/;
const SELECTORS = /^ {4}(?<side>local|remote): {1,2}(?<list>\S.{0,2000})$/;
const DPD = /\bdpd delay (?<seconds>\d{1,9})s/;
const REKEY = /^rekeying every (?<seconds>\d{1,9})s/;
const ACTION = /\bdpd action is (?<action>\w{3,10})/;

interface Draft {
  readonly connection: { -readonly [K in keyof Connection]: Connection[K] };
  readonly children: ConnectionChild[];
  auth: "localAuth" | "remoteAuth" | undefined;
  child: { -readonly [K in keyof ConnectionChild]: ConnectionChild[K] } | undefined;
}

export const listConns: Command = {
  run: "swanctl --list-conns",
  alsoRun: ["swanctl -L"],
  looksLike: [CONNECTION, AUTH, CHILD],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const connections: Connection[] = [];
    let draft: Draft | undefined;
    for (const line of output.lines) {
      const groups = CONNECTION.exec(line.text)?.groups;
      if (groups) {
        if (draft) connections.push({ ...draft.connection, children: draft.children });
        draft = open(groups, line.number);
      } else if (line.text.trim() !== "" && !(draft && readLine(draft, line))) unread.push(line);
    }
    if (draft) connections.push({ ...draft.connection, children: draft.children });
    if (connections.length === 0 && (unread.length > 0 || output.isOpenEnded === true)) return { values: [], unread };
    const complete = output.isOpenEnded !== true && output.isCut !== true && unread.length === 0;
    return { values: [{ kind: "connections", connections, complete }], unread };
  },
};

function open({ name = "", version, rest = "" }: Readonly<Record<string, string | undefined>>, line: number): Draft {
  const dpd = DPD.exec(rest)?.groups?.["seconds"];
  return {
    connection: {
      name,
      line,
      version: version === "IKEv1" ? 1 : version === "IKEv2" ? 2 : "any",
      local: [],
      remote: [],
      localAuth: {},
      remoteAuth: {},
      ikeProposals: [],
      children: [],
      // A delay is printed where there is one, by the releases that print how often it is renewed.
      dpdSeconds: dpd !== undefined ? Number(dpd) : /\brekeying\b/.test(rest) ? 0 : undefined,
      at: { version: line, dpdSeconds: line },
    },
    children: [],
    auth: undefined,
    child: undefined,
  };
}

function readLine(draft: Draft, { number, text }: Line): boolean {
  const { connection } = draft;
  const child = CHILD.exec(text)?.groups;
  if (child) {
    draft.auth = undefined;
    draft.child = openChild(child, number);
    draft.children.push(draft.child);
    return true;
  }
  const selectors = draft.child && SELECTORS.exec(text)?.groups;
  if (draft.child && selectors) {
    const side = selectors["side"] === "local" ? "local" : "remote";
    draft.child[side] = readSelectors(selectors["list"] ?? "");
    draft.child.at = { ...draft.child.at, [side]: number };
    return true;
  }
  const ends = ENDS.exec(text)?.groups;
  if (ends) {
    const side = ends["side"] === "local" ? "local" : "remote";
    connection[side] = readAddresses(ends["addresses"] ?? "");
    connection.at = { ...connection.at, [side]: number };
    return true;
  }
  const auth = AUTH.exec(text)?.groups;
  if (auth) {
    draft.child = undefined;
    draft.auth = auth["side"] === "local" ? "localAuth" : "remoteAuth";
    connection[draft.auth] = { method: authMethod(auth["method"] ?? ""), at: { method: number } };
    return true;
  }
  const inAuth = draft.auth && IN_AUTH.exec(text)?.groups;
  if (!draft.auth || !inAuth) return false;
  if (inAuth["key"] === "id") setId(connection, draft.auth, inAuth["value"] ?? "", number);
  return true;
}

function setId(connection: Draft["connection"], side: "localAuth" | "remoteAuth", value: string, line: number): void {
  const auth: ConnectionAuth = connection[side];
  connection[side] = { ...auth, id: value.trim(), at: { ...auth.at, id: line } };
}

function openChild({ name = "", mode, rest = "" }: Readonly<Record<string, string | undefined>>, line: number) {
  const seconds = REKEY.exec(rest)?.groups?.["seconds"];
  return {
    name,
    line,
    mode: mode === "TRANSPORT" ? ("transport" as const) : ("tunnel" as const),
    proposals: [],
    lifetimeSeconds: seconds === undefined ? undefined : Number(seconds),
    startAction: undefined,
    at: { mode: line, ...(ACTION.test(rest) && { dpdAction: line }) },
  };
}

/** "192.0.2.1", "%any", "192.0.2.1 2001:db8::1": addresses in our spelling, names as they are. */
export function readAddresses(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .filter((word) => word !== "")
    .map((word) => canonicalAddress(word) ?? word);
}

/** `show route` of the ASA: the table with netmasks and names of interfaces, or the answer for one address. */
import { canonicalAddress, networkFromNetmask } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Route, RouteVia } from "../../domain/readings/path.ts";
import { isFiller } from "../cisco-ios/ike-output.ts";
import { askedAddress } from "../cisco-ios/path-command.ts";

const LEGEND = /^\s*(?:Codes: [A-Z]|[A-Za-z*+][A-Za-z0-9]? {1,2}- [A-Za-z]|Routing Table: )/;
const GATEWAY = /^\s*Gateway of last resort is (?:not set|(?<gateway>[0-9.]{7,15}) to network)/;
const ROUTE =
  /^\s{0,8}(?<code>[A-Z][A-Za-z]?\*?(?: [A-Z][A-Z0-9]|\*)?\*?)\s{1,12}(?<address>[0-9.]{7,15}|[A-Za-z][\w.-]{0,62}) (?<mask>[0-9.]{7,15})(?<more>.*)$/;
const VIA =
  /\[(?<distance>\d{1,3})(?:\/(?<metric>\d{1,10}))?\] (?:via (?<hop>[0-9.]{7,15})|is directly connected)(?:, (?<rest>.{1,60}))?/;
const HOP = /^\s{4,80}(?:\[\d{1,3}(?:\/\d{1,10})?\] )?via (?<hop>[0-9.]{7,15})(?:, (?<rest>.{1,60}))?$/;
const CONNECTED = /(?:is directly connected|connected by VPN \([a-z]{4,20}\)), (?<interface>[\w.-]{1,60})/;
const ENTRY = /^\s*Routing entry for (?<address>[0-9.]{7,15}) (?<mask>[0-9.]{7,15})/;
const KNOWN =
  /^\s*Known via "(?<source>[^"]{1,40})"(?:, distance (?<distance>\d{1,3}))?(?:, metric (?<metric>\d{1,10}))?/;
const BLOCK =
  /^\s*\*? ?(?:(?<hop>[0-9.]{7,15})(?:, from [^,]{1,40})?|directly connected), via (?<interface>[\w.-]{1,60})/;
const MISSING = /^\s*% (?:Network|Subnet) not in table/;
const ENTRY_ASIDE =
  /^\s*(?:Routing Descriptor Blocks|Route metric is|Last update from|Redistributing via|Tag |Advertised by|Total delay|Reliability|Loading|Route tag|AS Hops)/;

const SOURCES: Readonly<Record<string, string>> = {
  S: "static",
  C: "connected",
  L: "local",
  V: "vpn",
  O: "ospf",
  D: "eigrp",
  B: "bgp",
  R: "rip",
  i: "isis",
};

interface Draft {
  line: number;
  code: string;
  network: Route["network"];
  source?: string | undefined;
  distance?: number;
  metric?: number;
  readonly via: RouteVia[];
}

export const showRoute: Command = {
  run: "show route [INTERFACE] [ADDRESS] [MASK]",
  looksLike: [
    /^\s{0,8}[A-Z][A-Za-z]?\*?(?: [A-Z][A-Z0-9])?\s{1,12}[0-9.]{7,15} (?:0|255)\.[0-9.]{5,11}(?: (?:\[|is directly)|\s*$)/,
    /^\s*Routing entry for [0-9.]{7,15} (?:0|255)\.[0-9.]{5,11}\s*$/,
    GATEWAY,
    MISSING,
  ],
  mayStartWith: [LEGEND],
  parse(output: Output): Parsed {
    const routes: Draft[] = [];
    const unread: Line[] = [];
    let gateway: string | undefined;
    let notInTableLine: number | undefined;
    for (const line of output.lines) {
      const last = GATEWAY.exec(line.text);
      if (last) gateway = last.groups?.["gateway"] ?? gateway;
      else if (MISSING.test(line.text)) notInTableLine = line.number;
      else if (!isFiller(line.text) && !LEGEND.test(line.text) && !takeLine(routes, line)) unread.push(line);
    }
    if (routes.length === 0 && notInTableLine === undefined && gateway === undefined) return { values: [], unread };
    const asked = askedAddress(output.command);
    return {
      values: [
        {
          kind: "routes",
          ...(asked !== undefined && { asked }),
          routes: routes.map(({ code: _, ...route }) => route),
          ...(notInTableLine !== undefined && { notInTableLine }),
          ...(gateway !== undefined && { gatewayOfLastResort: gateway }),
        },
      ],
      unread,
    };
  },
};

function takeLine(routes: Draft[], { text, number }: Line): boolean {
  const groups = ROUTE.exec(text)?.groups;
  const entry = groups ? undefined : ENTRY.exec(text)?.groups;
  const head = groups ?? entry;
  if (head) {
    const network = networkFromNetmask(head["address"] ?? "", head["mask"] ?? "");
    // A name stands for the network where `names` is on: nobody can tell which one it is.
    if (network === undefined) return canonicalAddress(head["address"] ?? "") === undefined;
    const code = groups?.["code"] ?? "";
    const source = SOURCES[code.replace("*", "").slice(0, 1)];
    const draft: Draft = { line: number, code, network, ...(source && { source }), via: [] };
    routes.push(draft);
    return groups === undefined || takeVia(draft, groups["more"] ?? "", number) || (groups["more"] ?? "").trim() === "";
  }
  const open = routes.at(-1);
  return open !== undefined && (takeVia(open, text, number) || takeEntryLine(open, text, number));
}

function takeVia(open: Draft, text: string, line: number): boolean {
  const connected = CONNECTED.exec(text)?.groups?.["interface"];
  const via = VIA.exec(text)?.groups ?? HOP.exec(text)?.groups;
  if (connected === undefined && via === undefined) return /^\s{1,80}is directly connected/.test(text);
  if (via?.["distance"] !== undefined) open.distance ??= Number(via["distance"]);
  if (via?.["metric"] !== undefined) open.metric ??= Number(via["metric"]);
  // "via A, 7w0d, inside": an age may stand before the interface.
  const name = connected ?? via?.["rest"]?.split(", ").at(-1);
  const isAge = name !== undefined && /^(?:\d{1,3}:\d\d:\d\d|(?:\d{1,3}[ywdh]){1,3})$/.test(name);
  open.via.push({
    line,
    ...(via?.["hop"] !== undefined && { nextHop: via["hop"] }),
    ...(name !== undefined && !isAge && { interface: name }),
  });
  return true;
}

function takeEntryLine(open: Draft, text: string, line: number): boolean {
  const known = KNOWN.exec(text)?.groups;
  if (known) {
    open.source = known["source"]?.toLowerCase();
    if (known["distance"] !== undefined) open.distance = Number(known["distance"]);
    if (known["metric"] !== undefined) open.metric = Number(known["metric"]);
    return true;
  }
  const block = BLOCK.exec(text)?.groups;
  if (block) {
    open.via.push({
      line,
      ...(block["hop"] !== undefined && { nextHop: block["hop"] }),
      interface: block["interface"],
    });
    return true;
  }
  return ENTRY_ASIDE.test(text);
}

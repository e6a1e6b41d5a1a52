/** What `ipsec status` says of a connection: its ends, how they authenticate, what they propose. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Connection } from "../../../domain/readings/connection.ts";
import { identity } from "../../strongswan/configuration/connection.ts";
import { readSelectors } from "../../strongswan/selectors.ts";
import { printedSuite } from "../algorithms.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type ChildDraft = Mutable<Connection["children"][number]>;
export type ConnectionDraft = Omit<Mutable<Connection>, "children"> & { readonly children: ChildDraft[] };

interface End {
  readonly address: string;
  readonly id?: string | undefined;
  readonly subnet?: string | undefined;
}

/** What stands in brackets, without the signs behind it: "@hub,+S=C" is "@hub". */
function idIn(own: string): string | undefined {
  const from = own.indexOf("[");
  const to = own.indexOf("]", from);
  if (from < 0 || to < 0) return undefined;
  const parts = own.slice(from + 1, to).split(",");
  return parts.slice(0, parts.findLastIndex((part) => !/^(?:MS)?\+[A-Z+=]{1,20}$/.test(part)) + 1).join(",");
}

/** One end of "10.1.0.0/16===192.0.2.1<gw>[@hub,+S=C]---192.0.2.254"; the far one is written the other way round. */
export function endIn(text: string, isTheirs: boolean): End {
  const parts = text.split("===");
  const subnet = parts.length === 1 ? undefined : parts[isTheirs ? parts.length - 1 : 0];
  const host = parts[isTheirs ? 0 : parts.length - 1] ?? "";
  const hops = host.split("---");
  const own = hops.find((part) => part.includes("[")) ?? hops[isTheirs ? hops.length - 1 : 0] ?? "";
  const id = idIn(own);
  const end = own.search(/[<[:](?!:)/);
  const address = end === -1 ? own : own.slice(0, end);
  return {
    address:
      canonicalAddress(address) ??
      canonicalAddress(/^[0-9a-fA-F.:]+/.exec(own)?.[0] ?? "") ??
      (address === "" ? "%any" : address),
    id: id === "" ? undefined : id,
    subnet: subnet?.replace(/^\{|\}$/g, ""),
  };
}

/** How it begins, by how its traffic is routed while it is down. */
const ROUTING: Readonly<Record<string, string>> = { "prospective erouted": "ondemand", unrouted: "add" };

/** A connection with the two ends that its first line shows. */
export function open(name: string, line: number, ours: End, theirs: End, routing = ""): ConnectionDraft {
  const auth = ({ id, address }: End) => ({ id: id === undefined ? address : identity(id), at: { id: line } });
  return {
    name,
    line,
    local: [ours.address],
    remote: [theirs.address],
    localAuth: auth(ours),
    remoteAuth: auth(theirs),
    ikeProposals: [],
    children: [
      {
        name,
        line,
        local: ours.subnet === undefined ? [] : readSelectors(ours.subnet),
        remote: theirs.subnet === undefined ? [] : readSelectors(theirs.subnet),
        proposals: [],
        ...(ROUTING[routing] !== undefined && { startAction: ROUTING[routing] }),
        at: { local: line, remote: line },
      },
    ],
    at: { local: line, remote: line },
  };
}

const METHODS: Readonly<Record<string, string>> = {
  secret: "psk",
  rsasig: "rsa-sig",
  ecdsa: "ecdsa-sig",
  "RSASIG+RSASIG_v1_5": "rsa-sig",
};

/** A line about a connection that was opened before. */
export function readSetting(connection: ConnectionDraft, rest: string, line: number): void {
  const [child] = connection.children;
  const at = connection.at as Record<string, number>;
  const auth = /^our auth: ?(?<ours>[\w+]{1,40})(?:\([^)]{0,60}\))?, their auth: ?(?<theirs>[\w+]{1,40})/.exec(
    rest,
  )?.groups;
  const policy = /^policy: (?<words>[\w+-]{3,400});?/.exec(rest)?.groups?.["words"]?.split("+");
  const ike = /^IKE algorithms: (?<list>\S.{2,1000})$/.exec(rest)?.groups?.["list"];
  const esp = /^(?:ESP|AH) algorithms: (?<list>\S.{2,1000})$/.exec(rest)?.groups?.["list"];
  const dpd = /\bdpddelay: ?(?<seconds>\d{1,9}(?:\.\d{1,3})?)s?;/.exec(rest)?.groups?.["seconds"];
  if (rest.startsWith("unoriented;")) {
    connection.isNowhere = true;
    at["isNowhere"] = line;
  }
  const encaps = /\bencaps: ?(?<encaps>auto|yes|no)\b/.exec(rest)?.groups?.["encaps"];
  const replay = /\breplay_window: ?(?<size>\d{1,6})/.exec(rest)?.groups?.["size"];
  if (auth) {
    connection.localAuth = {
      ...connection.localAuth,
      method: METHODS[auth["ours"] ?? ""] ?? auth["ours"],
      at: { ...connection.localAuth.at, method: line },
    };
    connection.remoteAuth = {
      ...connection.remoteAuth,
      method: METHODS[auth["theirs"] ?? ""] ?? auth["theirs"],
      at: { ...connection.remoteAuth.at, method: line },
    };
  }
  if (policy) {
    const speaks2 = policy.some((word) => /^IKEv2|^IKEV2_ALLOW/.test(word));
    const speaks1 = policy.some((word) => /^IKEv1|^IKEV1_ALLOW/.test(word));
    connection.version = speaks1 && speaks2 ? "any" : speaks2 ? 2 : speaks1 ? 1 : undefined;
    if (speaks1) connection.exchange = policy.includes("AGGRESSIVE") ? "aggressive" : "main";
    at["version"] = line;
    if (child) {
      child.mode = policy.includes("TUNNEL") ? "tunnel" : "transport";
      (child.at as Record<string, number>)["mode"] = line;
      // What is to be up is begun at once; the kernel asks for what is routed; the rest is begun by hand.
      if (policy.includes("UP")) child.startAction = "start";
      (child.at as Record<string, number>)["startAction"] ??= line;
      if (!policy.includes("PFS")) (child.at as Record<string, number>)["pfs"] = line;
    }
  }
  if (ike !== undefined)
    connection.ikeProposals = ike.split(/, ?/).map((text) => {
      const { encryption, integrity, prf, groups } = printedSuite(text);
      return { line, name: text, encryption, integrity, prf, dhGroups: groups };
    });
  if (esp !== undefined && child) {
    const noPfs = (child.at as Record<string, number>)["pfs"] !== undefined;
    child.proposals = esp.split(/, ?/).map((text) => {
      const { encryption, integrity, groups } = printedSuite(text);
      return {
        line,
        name: text,
        protocol: rest.startsWith("AH") ? "ah" : "esp",
        encryption,
        integrity,
        // In IKEv1 pluto takes whatever group the peer proposes.
        ...(connection.version !== 1 && (noPfs ? { pfsGroups: [] } : groups.length > 0 && { pfsGroups: groups })),
      };
    });
  }
  if (dpd !== undefined) {
    connection.dpdSeconds = Number(dpd);
    at["dpdSeconds"] = line;
  }
  if (encaps !== undefined) {
    connection.natTraversal = encaps === "yes" ? "forced" : encaps === "no" ? "off" : "on";
    at["natTraversal"] = line;
  }
  if (replay !== undefined && child) child.replayWindow = Number(replay);
}

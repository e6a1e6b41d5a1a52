/** The lines of `ipsec statusall`, gathered by connection, IKE SA ("name[1]") and CHILD_SA ("name{1}"). */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Line } from "../../../domain/output.ts";
import type { Connection, ConnectionChild } from "../../../domain/readings/connection.ts";
import type { IkeSa } from "../../../domain/readings/ike.ts";
import type { IpsecFlow } from "../../../domain/readings/ipsec.ts";
import { authMethod } from "../auth-method.ts";
import { identity } from "../configuration/connection.ts";
import { readAddresses } from "../list-conns.ts";
import { type ChildDraft, finishChild } from "../list-sas/child-sa.ts";
import { finishIkeSa, type IkeDraft } from "../list-sas/ike-sa.ts";
import { PrintedAlgorithms } from "../proposals.ts";
import { readSelectors } from "../selectors.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const CONNECTION =
  /^\s{1,40}(?<name>\S{1,100}): {1,3}(?<ends>\S{2,600}) {1,4}(?<version>IKEv1\/2|IKEv[12])(?<rest>.{0,200})$/;
const IN_CONNECTION =
  /^\s{1,40}(?<name>\S{1,100}): {2,4}(?<what>local|remote|child|cert|ca|crl|group): {1,3}(?<rest>\S.{0,1500})$/;
const IN_AUTH = /^\[(?<id>[^\]]{0,250})\] uses (?<method>[\w -]{2,60}?) authentication/;
const MODE = / (?<mode>TUNNEL|TRANSPORT|BEET|PASS|DROP)(?:,|$)/;
const IKE = /^\s{1,40}(?<name>\S{1,100})\[(?<id>\d{1,9})\]: (?<rest>\S.{0,600})$/;
const IKE_HEAD =
  /^(?<state>[A-Z]{6,12})(?: \S.{0,40} ago)?, (?<local>[0-9a-fA-F.:%any]{2,45})\[[^\]]{0,250}\]\.\.\.(?<remote>[0-9a-fA-F.:%any]{2,45})\[/;
const SPIS = /^IKEv(?<version>[12]) SPIs: (?<spiI>[0-9a-f]{16})_i(?<mine>\*?) (?<spiR>[0-9a-f]{16})_r/;
const CHILD = /^\s{1,40}(?<name>\S{1,100})\{(?<id>\d{1,9})\}: {1,3}(?<rest>\S.{0,1500})$/;
const CHILD_HEAD =
  /^(?<state>[A-Z]{6,12}), (?<mode>TUNNEL|TRANSPORT|BEET)(?:, reqid \d{1,9})?(?:, (?<protocol>ESP|AH)(?<udp> in UDP)? SPIs: (?<in>[0-9a-f]{8})_i (?<out>[0-9a-f]{8})_o)?/;
const COUNTERS =
  /^(?<algorithms>[A-Z0-9_]{3,40}(?:\/[A-Z0-9_]{2,40}){0,4}), (?<in>\d{1,20}) bytes_i(?: \((?<inPackets>\d{1,20}) pkts?,[^)]{0,40}\))?, (?<out>\d{1,20}) bytes_o(?: \((?<outPackets>\d{1,20}) pkts?,[^)]{0,40}\))?/;

interface Ike extends IkeDraft {
  readonly name: string;
}

export class Listing {
  readonly #connections = new Map<string, Mutable<Connection> & { children: ConnectionChild[] }>();
  readonly #ike: Mutable<Ike>[] = [];
  readonly #printed = new PrintedAlgorithms();
  readonly #children: { draft: Mutable<ChildDraft>; ike: IkeDraft | undefined; routed: boolean }[] = [];
  #isRouted = false;
  #inConnections = false;
  /** The first line of the IKE SA that is being read was lost: what follows is not of the one before it. */
  #isLost = false;

  section(text: string): void {
    this.#isRouted = /^(?:Routed|Shunted)/.test(text);
    this.#inConnections = text.startsWith("Connections");
  }

  read({ text, number }: Line): boolean {
    const child = CHILD.exec(text)?.groups;
    if (child) return this.#readChild(child, number);
    const ike = IKE.exec(text)?.groups;
    if (ike) return this.#readIke(ike, number);
    const inside = IN_CONNECTION.exec(text)?.groups;
    if (inside) return this.#readInConnection(inside, number);
    const connection = CONNECTION.exec(text)?.groups;
    if (connection) this.#open(connection, number);
    // The addresses that the daemon listens on.
    return connection !== undefined || /^ {2}[0-9a-fA-F.:]{2,45}$/.test(text) || /^ {2}\S{1,100}: \d/.test(text);
  }

  finish(): { connections: Connection[]; sas: IkeSa[]; flows: IpsecFlow[] } {
    const flows = this.#children
      .filter(({ routed }) => !routed)
      .flatMap(({ draft, ike }) => finishChild(draft, ike ?? this.#ike.at(-1) ?? NO_IKE_SA, this.#printed));
    return { connections: [...this.#connections.values()], sas: this.#ike.map(finishIkeSa), flows };
  }

  #open(groups: Readonly<Record<string, string | undefined>>, line: number): void {
    const { name = "", ends = "", version, rest = "" } = groups;
    const [local = "", remote = ""] = ends.split("...");
    const dpd = /dpddelay=(\d{1,9})s/.exec(rest)?.[1];
    this.#connections.set(name, {
      name,
      line,
      version: version === "IKEv1" ? 1 : version === "IKEv2" ? 2 : "any",
      local: readAddresses(local),
      remote: readAddresses(remote),
      localAuth: {},
      remoteAuth: {},
      ikeProposals: [],
      children: [],
      dpdSeconds: dpd === undefined ? undefined : Number(dpd),
      at: { version: line, local: line, remote: line, dpdSeconds: line },
    });
  }

  #readInConnection(groups: Readonly<Record<string, string | undefined>>, line: number): boolean {
    const { name = "", what, rest = "" } = groups;
    const connection = this.#connections.get(name) ?? this.#only();
    if (!connection) return this.#inConnections;
    if (what === "local" || what === "remote") {
      const auth = IN_AUTH.exec(rest)?.groups;
      const side = what === "local" ? "localAuth" : "remoteAuth";
      if (auth)
        connection[side] = {
          method: authMethod(auth["method"] ?? ""),
          id: identity(auth["id"] ?? ""),
          at: { method: line, id: line },
        };
    } else if (what === "child") {
      const mode = MODE.exec(rest);
      const [local, remote] = halves(mode ? rest.slice(0, mode.index) : "");
      if (remote !== undefined)
        connection.children.push({
          name,
          line,
          mode: mode?.groups?.["mode"] === "TRANSPORT" ? "transport" : "tunnel",
          local: readSelectors(local),
          remote: readSelectors(remote),
          proposals: [],
          at: { local: line, remote: line, mode: line },
        });
    }
    return true;
  }

  /** What is routed without an SA is begun by its first packet. */
  #route(child: string, line: number): void {
    for (const connection of this.#connections.values())
      connection.children = connection.children.map((item) =>
        item.name === child ? { ...item, startAction: "trap", at: { ...item.at, startAction: line } } : item,
      );
  }

  /** A child has a name of its own, and stands under its connection. */
  #only() {
    return [...this.#connections.values()].at(-1);
  }

  #readIke({ name = "", id, rest = "" }: Readonly<Record<string, string | undefined>>, line: number): boolean {
    const head = IKE_HEAD.exec(rest)?.groups;
    if (head) {
      this.#isLost = false;
      this.#ike.push({
        name,
        line,
        id: Number(id),
        version: 2,
        state: head["state"] ?? "",
        isInitiator: false,
        isAnswered: false,
        local: { address: canonicalAddress(head["local"] ?? "") },
        remote: { address: canonicalAddress(head["remote"] ?? "") },
        at: { local: line, remote: line },
      });
      return true;
    }
    const draft = this.#ike.findLast((item) => item.name === name && item.id === Number(id));
    this.#isLost = draft === undefined;
    if (!draft) return false;
    const spis = SPIS.exec(rest)?.groups;
    const proposal = /^IKE proposal: (\S{3,200})$/.exec(rest)?.[1];
    if (spis) {
      draft.version = spis["version"] === "1" ? 1 : 2;
      draft.isInitiator = spis["mine"] === "*";
      draft.isAnswered = !/^0+$/.test(spis["spiR"] ?? "0");
    } else if (proposal !== undefined) draft.algorithms = this.#printed.negotiated(proposal);
    return spis !== undefined || proposal !== undefined || /^(?:Tasks |Remote |Local |EAP)/.test(rest);
  }

  #readChild({ name = "", id, rest = "" }: Readonly<Record<string, string | undefined>>, line: number): boolean {
    const head = CHILD_HEAD.exec(rest)?.groups;
    if (head) {
      const { state = "", mode, protocol, udp, in: spiIn, out } = head;
      if (state === "ROUTED") this.#route(name, line);
      this.#children.push({
        routed: this.#isRouted || state === "ROUTED",
        ike: this.#isLost ? NO_IKE_SA : (this.#ike.findLast((item) => item.name === name) ?? this.#ike.at(-1)),
        draft: {
          line,
          id: Number(id),
          name,
          state,
          isTunnel: mode !== "TRANSPORT",
          inUdp: udp !== undefined,
          protocol: protocol === "AH" ? "ah" : "esp",
          algorithms: "",
          local: "",
          remote: "",
          ...(spiIn !== undefined && { inbound: { line, spi: `0x${spiIn}`, packets: undefined } }),
          ...(out !== undefined && { outbound: { line, spi: `0x${out}`, packets: undefined } }),
          at: { state: line, outboundSpi: line },
        },
      });
      return true;
    }
    const draft = this.#children.findLast((item) => item.draft.id === Number(id))?.draft;
    if (!draft) return false;
    const counters = COUNTERS.exec(rest)?.groups;
    const [local, remote] = halves(rest);
    if (counters) count(draft, counters, line);
    else if (remote !== undefined) {
      draft.local = local;
      draft.remote = remote;
      draft.at["localIdent"] = line;
      draft.at["remoteIdent"] = line;
    }
    return counters !== undefined || remote !== undefined;
  }
}

/** "10.1.0.0/16 === 10.2.0.0/16"; the second is undefined where the sign is missing. */
function halves(text: string): [string, string | undefined] {
  const at = text.indexOf(" === ");
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 5)];
}

/** Packets are printed once there were any: no bytes are no packets. */
function count(draft: Mutable<ChildDraft>, groups: Readonly<Record<string, string | undefined>>, line: number): void {
  draft.algorithms = groups["algorithms"] ?? "";
  const packets = (bytes: string | undefined, printed: string | undefined) =>
    printed !== undefined ? Number(printed) : bytes === "0" ? 0 : undefined;
  if (draft.inbound) draft.inbound = { ...draft.inbound, packets: packets(groups["in"], groups["inPackets"]) };
  if (draft.outbound) draft.outbound = { ...draft.outbound, packets: packets(groups["out"], groups["outPackets"]) };
  draft.at["encaps"] = line;
  draft.at["decaps"] = line;
}

const NO_IKE_SA: IkeDraft = { line: 0, version: 2, id: 0, state: "", isInitiator: false, isAnswered: false, at: {} };

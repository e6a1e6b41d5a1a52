/** Lines of `ipsec status`, gathered by connection and by state ("#2"). */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Line } from "../../../domain/output.ts";
import type { Connection } from "../../../domain/readings/connection.ts";
import type { IkeSa } from "../../../domain/readings/ike.ts";
import type { IpsecFlow } from "../../../domain/readings/ipsec.ts";
import { printedSuite } from "../algorithms.ts";
import { bytesIn, flowOf } from "../traffic.ts";
import { type ConnectionDraft, endIn, open, readSetting } from "./connection.ts";
import { standingOf } from "./states.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NAMED =
  /^"(?<name>[^"]{1,120})"(?:\[(?<instance>\d{1,9})\](?: (?<peer>[0-9a-fA-F.:]{2,45}))?)?: {1,8}(?<rest>\S.{0,1500})$/;
const STATE =
  /^#(?<id>\d{1,9}): "(?<name>[^"]{1,120})"(?:\[(?<instance>\d{1,9})\](?: (?<peer>[0-9a-fA-F.:]{2,45}))?)?:(?<port>\d{1,5}) (?<state>[A-Z][A-Z0-9_a-z]{3,46}) \((?<says>[^)]{1,120})\)/;
const SPIS =
  /^#(?<id>\d{1,9}): "[^"]{1,120}"(?:\[\d{1,9}\](?: \S{1,45})?)? (?<sas>(?:esp|ah)\.[0-9a-f]{1,8}@\S.{0,600}?)(?: Traffic: (?<traffic>.{1,200}))?$/;
const SA = /(?<protocol>esp|ah)\.(?<spi>[0-9a-f]{1,8})@(?<address>[0-9a-fA-F.:]{2,45})/g;

export class Listing {
  readonly #connections = new Map<string, ConnectionDraft>();
  readonly sas: Mutable<IkeSa>[] = [];
  readonly flows: IpsecFlow[] = [];
  /** Of the negotiated suite, by connection. */
  readonly #suites = new Map<string, ReturnType<typeof printedSuite>>();
  readonly #names = new Map<string, string>();

  get connections(): Connection[] {
    return [...this.#connections.values()];
  }

  read({ text: printed, number }: Line): boolean {
    const text = printed.replace(/^\d{3} {1,2}/, "");
    const state = STATE.exec(text)?.groups;
    if (state) return this.#readState(state, number);
    const spis = SPIS.exec(text)?.groups;
    if (spis) return this.#readSpis(spis, number);
    const named = NAMED.exec(text)?.groups;
    return named !== undefined && this.#readConnection(named, number);
  }

  #readConnection(groups: Readonly<Record<string, string | undefined>>, line: number): boolean {
    const { rest = "" } = groups;
    const name = keyOf(groups);
    const ends = endsIn(rest);
    if (ends) {
      this.#connections.set(name, open(name, line, endIn(ends.ours, false), endIn(ends.theirs, true), ends.routing));
      return true;
    }
    const connection = this.#connections.get(name);
    if (connection) readSetting(connection, rest, line);
    const newest = /^IKE(?:v[12])? algorithm newest: (?<suite>\S{3,200})$/.exec(rest)?.groups?.["suite"];
    if (newest !== undefined) this.#suites.set(name, printedSuite(newest));
    return true;
  }

  #readState(groups: Readonly<Record<string, string | undefined>>, line: number): boolean {
    const { id = "", state = "", says = "", port } = groups;
    const name = keyOf(groups);
    this.#names.set(id, name);
    const standing = standingOf(state, says);
    if (!standing) return true;
    const connection = this.#connections.get(name);
    const suite = this.#suites.get(name);
    const isUp = standing.standing === "up";
    this.sas.push({
      version: standing.version,
      line,
      role: standing.role,
      local: addressIn(connection?.local),
      remote: canonicalAddress(groups["peer"] ?? "") ?? addressIn(connection?.remote),
      remotePort: Number(port),
      names: groups["name"] === undefined ? undefined : { connection: groups["name"], child: groups["name"] },
      state,
      standing: standing.standing,
      progress: standing.progress,
      ...(isUp && { encryption: suite?.encryption[0], integrity: suite?.integrity[0], dhGroup: suite?.groups[0] }),
      auth: connection?.localAuth.method,
      peerAuth: connection?.remoteAuth.method,
      ...(connection?.dpdSeconds !== undefined && { dpd: connection.dpdSeconds > 0 }),
      localId: connection?.localAuth.id,
      remoteId: connection?.remoteAuth.id,
      at: { state: line },
    });
    return true;
  }

  #readSpis({ id = "", sas = "", traffic = "" }: Readonly<Record<string, string | undefined>>, line: number): boolean {
    const name = this.#names.get(id) ?? "";
    const connection = this.#connections.get(name);
    // The first pair goes to the peer, the second comes from it.
    const [out, inward] = [...sas.matchAll(SA)].map((match) => match.groups ?? {});
    if (!out || !inward) return false;
    const child = connection?.children[0];
    this.flows.push(
      flowOf({
        line,
        name: name.replace(/\[\d{1,9}\]$/, ""),
        protocol: out["protocol"] === "ah" ? "ah" : "esp",
        outboundSpi: `0x${out["spi"]}`,
        inboundSpi: `0x${inward["spi"]}`,
        peer: canonicalAddress(out["address"] ?? ""),
        own: canonicalAddress(inward["address"] ?? ""),
        mode: child?.mode,
        local: child?.local?.length === 1 ? child.local[0] : undefined,
        remote: child?.remote?.length === 1 ? child.remote[0] : undefined,
        inBytes: bytesIn(traffic, "in"),
        outBytes: bytesIn(traffic, "out"),
      }),
    );
    return true;
  }
}

function keyOf({ name = "", instance }: Readonly<Record<string, string | undefined>>): string {
  return instance === undefined ? name : `${name}[${instance}]`;
}

function addressIn(list: readonly string[] | undefined): string | undefined {
  return list?.map((item) => canonicalAddress(item)).find((item) => item !== undefined);
}

/** Subnet===address<name>:port[id,…]---hop...hop---address[id]===subnet; "our" end stands first, a semicolon ends it. */
function endsIn(
  rest: string,
): { readonly ours: string; readonly theirs: string; readonly routing?: string | undefined } | undefined {
  const dots = rest.indexOf("...");
  if (dots < 1) return undefined;
  const behind = rest.slice(dots + 3);
  const end = behind.search(/;(?: |$)/);
  if (end < 1) return undefined;
  return {
    ours: rest.slice(0, dots),
    theirs: behind.slice(0, end),
    routing: behind
      .slice(end + 1)
      .split(";")[0]
      ?.trim(),
  };
}

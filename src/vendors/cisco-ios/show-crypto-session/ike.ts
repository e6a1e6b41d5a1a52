/** The IKE SAs of `show crypto session [detail]`, IKEv1 and IKEv2. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Line } from "../../../domain/output.ts";
import type { SessionIkeSa } from "../../../domain/readings/session.ts";

export interface IkeSaDraft {
  readonly line: Line;
  readonly version: 1 | 2;
  readonly sessionId: number | undefined;
  /** Everything after "IKE SA:", which is wrapped after the local end where the addresses are IPv6. */
  text: string;
  readonly at: Record<string, number>;
  capabilities?: string;
  connectionId?: number;
  lifetimeLeft?: string;
}

const IKE_SA = /^\s*IKE(?<version>v[12])? SA: ?(?<text>local .*)$/;
const REST = /^\s*(?:local \S{2,60}|remote \S{2,60}(?: \w{4,12})?|Active|Inactive)$/;
const ENDS =
  /^local (?<local>\S{2,50})\/(?<localPort>\d{1,5}) +remote (?<remote>\S{2,50})\/(?<remotePort>\d{1,5}) +(?<state>\w{4,12})/;
const CAPABILITIES = /^\s*Capabilities:(?<value>\(none\)|[A-Za-z]{0,12})(?: |$)/;
const CONNECTION = /\bconnid:(?<value>\d{1,10})/;
const LIFETIME = /\blifetime:(?<value>\S{1,20})/;

/** The IKE SA that this line begins, or undefined. */
export function startIkeSa(line: Line, sessionId: number | undefined): IkeSaDraft | undefined {
  const match = IKE_SA.exec(line.text)?.groups;
  if (!match) return undefined;
  const version = match["version"] === "v2" ? 2 : 1;
  return { line, version, sessionId, text: (match["text"] ?? "").trim(), at: {} };
}

/** Reads a line below `IKE SA:`; false if it is none. */
export function readIkeSaLine(draft: IkeSaDraft, line: Line): boolean {
  if (draft.text.length < 150 && REST.test(line.text) && !ENDS.test(draft.text)) {
    draft.text = `${draft.text} ${line.text.trim()}`;
    return true;
  }
  const capabilities = CAPABILITIES.exec(line.text)?.groups?.["value"];
  const connection = CONNECTION.exec(line.text)?.groups?.["value"];
  const lifetime = LIFETIME.exec(line.text)?.groups?.["value"];
  if (capabilities !== undefined) {
    draft.capabilities = capabilities === "(none)" ? "" : capabilities;
    draft.at["capabilities"] = line.number;
  }
  if (connection !== undefined) draft.connectionId = Number(connection);
  if (lifetime !== undefined) {
    draft.lifetimeLeft = lifetime;
    draft.at["lifetimeLeft"] = line.number;
  }
  return capabilities !== undefined || connection !== undefined || lifetime !== undefined;
}

/** The SA, or undefined where an end is missing. */
export function toIkeSa(draft: IkeSaDraft): SessionIkeSa | undefined {
  const ends = ENDS.exec(draft.text)?.groups;
  if (!ends) return undefined;
  const local = ends["local"] ?? "";
  const remote = ends["remote"] ?? "";
  return {
    line: draft.line.number,
    version: draft.version,
    // A masked address is kept as it stands; the SA is there all the same.
    local: canonicalAddress(local) ?? local,
    localPort: Number(ends["localPort"]),
    remote: canonicalAddress(remote) ?? remote,
    remotePort: Number(ends["remotePort"]),
    active: ends["state"]?.toLowerCase() === "active",
    sessionId: draft.sessionId,
    capabilities: draft.capabilities,
    connectionId: draft.connectionId,
    lifetimeLeft: draft.lifetimeLeft,
    at: draft.at,
  };
}

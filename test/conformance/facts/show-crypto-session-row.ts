import type { CryptoSession } from "../../../src/domain/readings/session.ts";
import type { Facts } from "../facts.ts";
import { type Json, objectAt, rowsOf } from "../json.ts";
import { maskText } from "../networks.ts";

/** ntc-templates: one row a session, with its last IKE SA and its last flow; "ikev1_status" is the IKE SA's of either version. */
export function sessionRow(facts: Facts, expected: Json | undefined, sessions: readonly CryptoSession[]): void {
  const rows = rowsOf(objectAt(expected)["parsed_sample"]);
  facts.add("rows", rows.length, sessions.length);
  for (const [index, row] of rows.entries()) {
    const own = sessions[index];
    const sa = own?.ikeSas.at(-1);
    const flow = own?.flows.at(-1);
    const isHost = (mask: string | undefined) => mask === "255.255.255.255";
    const masks = { src: maskText(flow?.local?.network), dst: maskText(flow?.remote?.network) };
    facts.record(`row.${index + 1}`, row, {
      active_sa: flow?.activeSas,
      capabilities: sa?.capabilities,
      conn_id: sa?.connectionId,
      description: own?.description,
      src_host: flow?.local?.network.address,
      src_mask: isHost(masks.src) ? undefined : masks.src,
      dst_host: flow?.remote?.network.address,
      dst_mask: isHost(masks.dst) ? undefined : masks.dst,
      permit: flow?.local?.protocol === 0 ? "ip" : flow?.local?.protocol,
      fvrf: own?.fvrf,
      ivrf: own?.ivrf,
      ikev1_status: sa && (sa.active ? "Active" : "Inactive"),
      interface: own?.interface,
      lifetime: sa?.lifetimeLeft,
      local_ip: sa?.local,
      local_port: sa?.localPort,
      remote_ip: sa?.remote,
      remote_port: sa?.remotePort,
      session_id: sa?.sessionId,
      origin: flow?.origin,
      peer: own?.peer,
      port: own?.peerPort,
      phase1_id: own?.phase1Id,
      profile: own?.profile,
      session_status: own?.status,
      uptime: own?.uptime,
    });
  }
}

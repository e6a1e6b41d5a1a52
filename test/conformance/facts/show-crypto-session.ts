import type { CryptoSession, SessionFlow, SessionIkeSa } from "../../../src/domain/readings/session.ts";
import type { Facts } from "../facts.ts";
import { type JsonObject, objectAt, objectsIn } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";
import { sessionRow } from "./show-crypto-session-row.ts";

/** Two shapes of genie (by interface and peer; of `remote`, flat), and ntc-templates' rows. */
export const showCryptoSession: Mapping = {
  command: "show crypto session",
  folders: /^show_crypto_session(?:_|$)/,
  facts(facts, { shape, command, expected }, read) {
    const sessions = readingsOf(read, "crypto-sessions").flatMap((value) => value.sessions);
    facts.add("detail", command.endsWith("detail"), readingsOf(read, "crypto-sessions")[0]?.detail);
    if (shape === "textfsm") return sessionRow(facts, expected, sessions);
    const flat = objectsIn(objectAt(expected, "interfaces"));
    if (flat.length > 0) {
      facts.add("sessions", flat.length, sessions.length);
      for (const [name, session] of flat)
        flatSession(
          facts,
          name,
          session,
          sessions.find((one) => one.interface === name),
        );
      return;
    }
    let peers = 0;
    const { interface: byInterface, ...elsewhere } = objectAt(expected);
    for (const [name, whole] of objectsIn(byInterface)) {
      // In the form of `session interface I detail` genie puts the session's own fields beside the interface.
      const misplaced = Object.entries(objectAt(byInterface)).filter(([, value]) => typeof value !== "object");
      const { peer: byPeer, ...fields } = { ...whole, ...Object.fromEntries(misplaced), ...elsewhere };
      for (const [address, ports] of objectsIn(byPeer))
        for (const [port, peer] of objectsIn(objectAt(ports, "port"))) {
          peers += 1;
          const own = sessions.find((one) => one.interface === name && String(one.peerPort) === port);
          facts.add(`${name}.peer`, address, own?.peer);
          nestedSession(facts, `${name}.${address}`, fields, peer, own);
        }
    }
    facts.add("sessions", peers, sessions.length);
  },
};

function nestedSession(
  facts: Facts,
  at: string,
  fields: JsonObject,
  peer: JsonObject,
  own: CryptoSession | undefined,
): void {
  facts.record(at, fields, {
    user_name: own?.username,
    profile: own?.profile,
    group: own?.group,
    assigned_address: own?.assignedAddress,
    session_status: own?.status,
    uptime: own?.uptime,
  });
  const { ike_sa: ikeSas, ikev1_sa: ikev1Sas, ipsec_flow: flows, ...rest } = peer;
  facts.record(at, rest, {
    fvrf: own?.fvrf,
    ivrf: own?.ivrf,
    desc: own?.description,
    phase1_id: own?.phase1Id,
  });
  const sas = objectsIn(ikeSas ?? ikev1Sas);
  facts.add(`${at}.ike_sas`, sas.length, own?.ikeSas.length);
  for (const [number, sa] of sas) {
    const ours = own?.ikeSas[Number(number) - 1];
    const expected = sa["version"] === "IKE" ? { ...sa, version: "IKEv1" } : sa;
    facts.record(`${at}.ike_sa.${number}`, expected, ikeSaOf(ours, ikev1Sas !== undefined));
  }
  const expectedFlows = objectsIn(flows);
  facts.add(`${at}.flows`, expectedFlows.length, own?.flows.length);
  for (const [index, [text, flow]] of expectedFlows.entries()) {
    const ours = own?.flows[index];
    facts.add(`${at}.flow.${index + 1}`, text, ours?.text);
    facts.record(`${at}.flow.${index + 1}`, flow, {
      active_sas: ours?.activeSas,
      origin: ours?.origin,
      inbound_pkts_decrypted: ours?.decrypted,
      inbound_pkts_drop: ours?.decryptDrops,
      inbound_life_kb: ours?.inboundKilobytesLeft,
      inbound_life_secs: ours?.inboundSecondsLeft,
      outbound_pkts_encrypted: ours?.encrypted,
      outbound_pkts_drop: ours?.encryptDrops,
      outbound_life_kb: ours?.outboundKilobytesLeft,
      outbound_life_secs: ours?.outboundSecondsLeft,
    });
  }
}

/** Old IOS prints "IKE SA", which is version 1; genie's IOS parser does not keep the word at all. */
function ikeSaOf(sa: SessionIkeSa | undefined, isIos: boolean): Readonly<Record<string, unknown>> {
  return {
    local: sa?.local,
    local_port: sa?.localPort,
    remote: sa?.remote,
    remote_port: sa?.remotePort,
    sa_status: sa && (sa.active ? "Active" : "Inactive"),
    session_id: sa?.sessionId,
    version: isIos || sa === undefined ? undefined : `IKEv${sa.version}`,
    conn_id: sa?.connectionId,
    // "" is our "(none)".
    capabilities: sa?.capabilities === "" ? "none" : sa?.capabilities,
    lifetime: sa?.lifetimeLeft,
  };
}

function flatSession(facts: Facts, at: string, session: JsonObject, own: CryptoSession | undefined): void {
  const { IKEv1: one, IKEv2: two, ipsec_flow: flows, session_id: sessionId, ...fields } = session;
  facts.record(at, fields, {
    profile: own?.profile,
    uptime: own?.uptime,
    session_status: own?.status,
    peer_ip: own?.peer,
    peer_port: own?.peerPort,
    fvrf: own?.fvrf,
    ivrf: own?.ivrf,
    phase_id: own?.phase1Id,
  });
  const [sa] = own?.ikeSas ?? [];
  facts.add(`${at}.version`, two === undefined ? 1 : 2, sa?.version);
  facts.add(`${at}.session_id`, sessionId, sa?.sessionId);
  facts.record(`${at}.ike`, objectAt(one ?? two), {
    local_ip: sa?.local,
    local_port: sa?.localPort,
    remote_ip: sa?.remote,
    remote_port: sa?.remotePort,
    capabilities: sa?.capabilities,
    connid: sa?.connectionId,
    lifetime: sa?.lifetimeLeft,
  });
  const expected = objectsIn(flows);
  facts.add(`${at}.flows`, expected.length, own?.flows.length);
  for (const [number, flow] of expected) flatFlow(facts, `${at}.flow.${number}`, flow, own?.flows[Number(number) - 1]);
}

function flatFlow(facts: Facts, at: string, flow: JsonObject, own: SessionFlow | undefined): void {
  const { inbound, outbound, ...fields } = flow;
  facts.record(at, fields, { flow: own?.text, active_sa: own?.activeSas, origin: own?.origin });
  facts.record(`${at}.inbound`, objectAt(inbound), {
    decrypted: own?.decrypted,
    dropped: own?.decryptDrops,
    life_in_kb: own?.inboundKilobytesLeft,
    life_in_sec: own?.inboundSecondsLeft,
  });
  facts.record(`${at}.outbound`, objectAt(outbound), {
    encrypted: own?.encrypted,
    dropped: own?.encryptDrops,
    life_in_kb: own?.outboundKilobytesLeft,
    life_in_sec: own?.outboundSecondsLeft,
  });
}

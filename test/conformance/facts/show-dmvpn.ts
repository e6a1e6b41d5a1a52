import type { CryptoSession } from "../../../src/domain/readings/session.ts";
import type { Facts } from "../facts.ts";
import { type JsonObject, objectAt, objectsIn, rowsOf, textOf } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";

/** What the states are as words of a crypto session; of NHRP and INTF nothing is said. */
const STATUS: Readonly<Record<string, string>> = {
  UP: "UP-ACTIVE",
  IPSEC: "UP-IDLE",
  IKE: "DOWN-NEGOTIATING",
  DOWN: "DOWN",
};

/**
 * genie: `interfaces.<name>.ent.<n>.peers.<nbma>.tunnel_addr.<address>.attrb.<letters>`; ntc-templates: one row a line. Ours has
 * the peers only, each once; tunnel addresses and letters are not kept.
 */
export const showDmvpn: Mapping = {
  command: "show dmvpn",
  folders: /^show_dmvpn$/,
  facts(facts, { shape, expected }, read) {
    const sessions = readingsOf(read, "crypto-sessions").flatMap((reading) => reading.sessions);
    if (shape === "textfsm") {
      const rows = rowsOf(objectAt(expected)["parsed_sample"]);
      facts.add("peers", rows.length, sessions.length);
      for (const row of rows) {
        const { peer_nbma: nbma, state, uptime, ...rest } = row;
        comparePeer(facts, textOf(nbma), { state: state ?? "", time: uptime ?? "" }, sessions);
        facts.skip(rest);
      }
      return;
    }
    let peers = 0;
    for (const [name, { ent = {}, ...rest }] of objectsIn(objectAt(expected, "interfaces"))) {
      facts.skip(rest);
      for (const [, { peers: below = {} }] of objectsIn(ent))
        for (const [nbma, { tunnel_addr: addresses = {} }] of objectsIn(below)) {
          peers += 1;
          const [[, first] = ["", {}], ...more] = objectsIn(addresses);
          const states = objectsIn(objectAt(first, "attrb")).map(([, state]) => state);
          comparePeer(facts, nbma, states[0] ?? {}, sessions, name);
          facts.skip([...states.slice(1), ...more.map(([, address]) => address)]);
        }
    }
    facts.add("peers", peers, sessions.length);
  },
};

function comparePeer(
  facts: Facts,
  nbma: string,
  { state, time }: JsonObject,
  sessions: readonly CryptoSession[],
  name?: string,
): void {
  const at = `peer.${nbma}`;
  const own = sessions.find(({ peer }) => peer === nbma.toLowerCase());
  facts.add(at, nbma, own?.peer);
  if (name !== undefined) facts.add(`${at}.interface`, name, own?.interface);
  facts.add(`${at}.state`, STATUS[textOf(state)], own?.status);
  // For how long it has not been up is no uptime.
  facts.add(`${at}.uptime`, state === "UP" ? time : undefined, own?.uptime);
}

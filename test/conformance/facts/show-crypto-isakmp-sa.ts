import type { IkeSa } from "../../../src/domain/readings/ike.ts";
import { objectAt, objectsIn } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";

/** `isakmp_stats.IPv4.<n>`: one row; "ACTIVE (deleted)" is split into status and current status. */
export const showCryptoIsakmpSa: Mapping = {
  command: "show crypto isakmp sa",
  folders: /^show_crypto_isakmp_sa(?:_count)?$/,
  facts(facts, { command, expected }, read) {
    if (command.endsWith("_count")) {
      const [count, ...more] = readingsOf(read, "ike-sa-count");
      facts.add("counts", 1, 1 + more.length);
      facts.record("count", objectAt(expected), {
        active_isakmp_sas: count?.active,
        standby_isakmp_sas: count?.standby,
        negotiating_isakmp_sas: count?.negotiating,
        dead_isakmp_sas: count?.dead,
      });
      return;
    }
    const sas = readingsOf(read, "ike-sas").flatMap((value) => value.sas);
    let rows = 0;
    for (const [family, stats] of objectsIn(objectAt(expected, "isakmp_stats"))) {
      const ours = sas.filter((sa) => (family === "IPv6") === (sa.initiator ?? "").includes(":"));
      for (const [number, row] of objectsIn(stats)) {
        rows += 1;
        facts.record(`${family}.${number}`, row, rowOf(ours[Number(number) - 1]));
      }
    }
    facts.add("rows", rows, sas.length);
  },
};

function rowOf(sa: IkeSa | undefined): Readonly<Record<string, unknown>> {
  const [status, rest] = (sa?.status ?? "").split(" ");
  return {
    destination: sa?.responder,
    source: sa?.initiator,
    session_state: sa?.state,
    conn_id: sa?.connectionId,
    status: status || undefined,
    current_status: rest?.replace(/[()]/g, ""),
  };
}

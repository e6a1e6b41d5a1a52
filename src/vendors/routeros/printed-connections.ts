/**
 * Peers, identities, profiles, proposals and policies as `print` shows them, as connections. Each table is known by the
 * settings that only its records have.
 */
import type { Connection } from "../../domain/readings/connection.ts";
import { connectionsOf } from "./configuration/connections.ts";
import { statementOf } from "./printed-statement.ts";
import type { PrintedRecord } from "./records.ts";

/** None without peers. What was not printed of a peer is not known: neither its method nor its key. */
export function printedConnections(records: readonly PrintedRecord[]): Connection[] {
  const statements = records.flatMap((record) => {
    const table = tableOf(record);
    return table === undefined ? [] : [statementOf(record, `ip ipsec ${table}`)];
  });
  const identified = new Set(
    statements.flatMap(({ menu, fields }) => (menu === "ip ipsec identity" ? (fields.get("peer")?.value ?? []) : [])),
  );
  return connectionsOf(statements).map((connection) =>
    identified.has(connection.name) ? connection : { ...connection, localAuth: {}, remoteAuth: {} },
  );
}

function tableOf({ flags, fields }: PrintedRecord): string | undefined {
  const has = (...names: readonly string[]) => names.every((name) => fields.has(name));
  if (has("peer", "auth-method")) return "identity";
  if (has("name", "hash-algorithm")) return "profile";
  if (has("name", "auth-algorithms")) return "proposal";
  if (has("name", "address") && (has("exchange-mode") || has("profile"))) return "peer";
  // Those that were made for a peer by a template are not of the configuration.
  if (has("src-address", "dst-address") && !flags.includes("D")) return "policy";
  return undefined;
}

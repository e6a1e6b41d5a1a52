/** Connections and keys of a configuration, put together as readings. */
import type { Connection, Dialect } from "../../../domain/readings/connection.ts";
import type { ReadingValue } from "../../../domain/readings/index.ts";
import { asIkeKeys, keyOf, type OwnedKey } from "./secrets.ts";

export interface Found {
  readonly connections: readonly Connection[];
  readonly keys: readonly OwnedKey[];
  /** All connections of the device are here; all of its keys are. */
  readonly complete: boolean;
  readonly keysComplete: boolean;
  readonly dialect?: Dialect | undefined;
}

/** Readings of what was found; each connection gets the key that it uses. */
export function asReadings({ connections, keys, complete, keysComplete, dialect }: Found): ReadingValue[] {
  const values: ReadingValue[] = [];
  if (connections.length > 0 || complete)
    values.push({
      kind: "connections",
      connections: connections.map((item) => withKey(item, keys)),
      complete,
      ...(dialect && { dialect }),
    });
  if (keys.length > 0 || keysComplete) {
    const own = new Set(connections.flatMap(({ local, localAuth }) => [...local, localAuth.id ?? ""]));
    values.push({ kind: "ike-keys", keys: asIkeKeys(keys, own), complete: keysComplete });
  }
  return values;
}

/** One key serves both directions; it has to fit, and the connection has to ask for one. */
function withKey(connection: Connection, keys: readonly OwnedKey[]): Connection {
  const { localAuth, remoteAuth } = connection;
  const usesKeys = [localAuth, remoteAuth].some(({ method }) => method === "psk");
  const key = usesKeys ? keyOf(connection, keys) : undefined;
  if (!key) return connection;
  const give = (auth: Connection["localAuth"]) =>
    auth.method === "psk" ? { ...auth, secret: key.secret, at: { ...auth.at, secret: key.line } } : auth;
  return { ...connection, localAuth: give(localAuth), remoteAuth: give(remoteAuth) };
}

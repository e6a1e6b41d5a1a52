/** A file in the form of ipsec.conf or ipsec.secrets, or both in one paste, as strongSwan and libreswan have them. */
import type { Line, Output, Parsed } from "../../../domain/output.ts";
import type { Connection, ConnectionAuth } from "../../../domain/readings/connection.ts";
import { asReadings } from "../configuration/readings.ts";
import type { OwnedKey } from "../configuration/secrets.ts";
import type { Value } from "../configuration/sections.ts";
import { readSecretLine } from "./secret-line.ts";
import { type Conn, readConns } from "./sections.ts";

/** What a `conn` means: the words and defaults are each implementation's own. Undefined for one that is no connection. */
export type ReadConn = (
  conn: Conn,
  defaults: ReadonlyMap<string, Value>,
  all: readonly Conn[],
) => Connection | undefined;

export function readConfAndSecrets(output: Output, readConn: ReadConn): Parsed {
  const keys: OwnedKey[] = [];
  const rest: Line[] = [];
  for (const line of output.lines) {
    const secret = readSecretLine(line);
    if (secret === undefined) rest.push(line);
    else if (secret !== "other") keys.push(secret);
  }
  const { conns, defaults, includes, unread, hasSetup } = readConns(rest);
  const isExcerpt = !hasSetup && defaults.size === 0;
  const connections = conns.flatMap((conn) => {
    const connection = readConn(conn, defaults, conns);
    if (connection === undefined) return [];
    return isExcerpt && !provesByCertificate(conn) ? withoutDefaultMethod(connection) : connection;
  });
  const isAll =
    hasSetup && includes === 0 && unread.length === 0 && output.isCut !== true && output.isOpenEnded !== true;
  return {
    values: asReadings({ connections, keys, complete: isAll, keysComplete: false }),
    unread,
    command: "config",
  };
}

const CERTIFICATE_KEYS = ["cert", "rsasigkey", "ckaid", "sendcert", "ca"];

function provesByCertificate({ values }: Conn): boolean {
  return CERTIFICATE_KEYS.some((key) => values.has(`left${key}`) || values.has(`right${key}`));
}

/** In a piece of a file, `authby` may stand in the `conn %default` that was not shown. */
function withoutDefaultMethod(connection: Connection): Connection {
  const { localAuth, remoteAuth } = connection;
  return { ...connection, localAuth: shownOnly(localAuth), remoteAuth: shownOnly(remoteAuth) };
}

function shownOnly(auth: ConnectionAuth): ConnectionAuth {
  return auth.at?.["method"] === undefined ? { ...auth, method: undefined } : auth;
}

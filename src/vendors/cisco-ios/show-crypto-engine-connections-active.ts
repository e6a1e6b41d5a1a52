/**
 * `show crypto engine connections active`: packets encrypted and decrypted by connection. New releases print
 * "ID Type Algorithm Encrypt Decrypt [LastSeqN] IP-Address", old ones "ID Interface IP-Address State Algorithm …".
 * Not checked against a device.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { EngineConnection, EngineConnections } from "../../domain/readings/session.ts";
import { isAddressLike, isFiller, wordsOf } from "./ike-output.ts";

const TITLE = /^\s*(?:Crypto Engine|Codes:|Total number of connections)\b/i;
const NEW_HEADING = /^[\s|]*ID[\s|]+Type[\s|]+Algorithm[\s|]+Encrypt[\s|]+Decrypt/;
const OLD_HEADING = /^[\s|]*ID[\s|]+Interface[\s|]+IP-Address[\s|]+State[\s|]+Algorithm/;
const CRYPTO_TITLE = /^\s*Crypto Engine Connections\s*$/i;
const NUMBER = /^\d{1,15}$/;

export const showCryptoEngineConnectionsActive: Command = {
  run: "show crypto engine connections active",
  looksLike: [CRYPTO_TITLE, NEW_HEADING, OLD_HEADING],
  parse(output: Output): Parsed {
    const connections: EngineConnection[] = [];
    const unread: Line[] = [];
    let waiting: Row | undefined;
    for (const line of output.lines) {
      if (isFiller(line.text) || TITLE.test(line.text) || NEW_HEADING.test(line.text) || OLD_HEADING.test(line.text))
        continue;
      const words = wordsOf(line.text);
      // A long IPv6 address goes to the next line.
      if (waiting && words.length === 1 && isAddressLike(words[0] ?? "")) {
        connections.push({ ...waiting.connection, address: canonicalAddress(words[0] ?? "") });
        waiting = undefined;
        continue;
      }
      if (waiting) connections.push(waiting.connection);
      waiting = undefined;
      const row = readNewRow(words, line.number) ?? readOldRow(words, line.number);
      if (row?.isOpen) waiting = row;
      else if (row) connections.push(row.connection);
      else unread.push(line);
    }
    if (waiting) connections.push(waiting.connection);
    const value: EngineConnections = { kind: "engine-connections", connections };
    return { values: [value], unread };
  },
};

interface Row {
  readonly connection: EngineConnection;
  /** The address column is missing on this line. */
  readonly isOpen: boolean;
}

function readNewRow(words: readonly string[], line: number): Row | undefined {
  const [id = "", type = "", ...rest] = words;
  if (!NUMBER.test(id) || !/^(?:IPsec|IKE|IKEv2|GDOI|SSL|MACsec)$/i.test(type)) return undefined;
  const firstCount = rest.findIndex((word) => NUMBER.test(word));
  if (firstCount === -1 || firstCount > 3) return undefined;
  const counts: number[] = [];
  let next = firstCount;
  while (NUMBER.test(rest[next] ?? "")) counts.push(Number(rest[next++]));
  const [encrypt, decrypt, lastSequence] = counts;
  if (decrypt === undefined) return undefined;
  const algorithm = rest.slice(0, firstCount).join(" ");
  const connection: EngineConnection = {
    line,
    id: Number(id),
    address: canonicalAddress(rest[next] ?? ""),
    type,
    algorithm: algorithm === "" ? undefined : algorithm,
    encrypt,
    decrypt,
    lastSequence,
  };
  return { connection, isOpen: rest[next] === undefined };
}

/** "2000 GigabitEthernet0/1 203.0.113.1 set HMAC_SHA+3DES_56_C 0 100"; interface and address can be "<none>". */
function readOldRow(words: readonly string[], line: number): Row | undefined {
  if (words.length < 6 || words.length > 8) return undefined;
  const [id = "", name = "", address = "", state = ""] = words;
  const encrypt = words.at(-2) ?? "";
  const decrypt = words.at(-1) ?? "";
  if (![id, encrypt, decrypt].every((word) => NUMBER.test(word)) || !/^[a-z]{2,10}$/i.test(state)) return undefined;
  if (!isAddressLike(address) && !/^[<(]?(?:none|unassigned)[>)]?$/i.test(address)) return undefined;
  const algorithm = words.slice(4, -2).join(" ");
  const connection: EngineConnection = {
    line,
    id: Number(id),
    interface: /^[<(]?none[>)]?$/i.test(name) ? undefined : name,
    address: canonicalAddress(address),
    state,
    algorithm: algorithm === "" ? undefined : algorithm,
    encrypt: Number(encrypt),
    decrypt: Number(decrypt),
  };
  return { connection, isOpen: false };
}

import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** Longer texts are kept compressed: a hub's paste makes 30 MB of events, a common one 20 KB. In characters. */
const PLAIN_LENGTH = 8_192;
/** What a text may have grown to when it is unpacked: V8's own limit of a string. */
const LARGEST = 0x1fffffe8;

/** A JSON value as two columns: the text, or the same gzip-compressed. */
export async function pack(value: unknown): Promise<readonly [string | null, Uint8Array | null]> {
  const text = JSON.stringify(value);
  if (text.length <= PLAIN_LENGTH) return [text, null];
  return [null, await zip(text, { level: 3 })];
}

/** What `pack` made two columns of; undefined where both are empty. */
export async function unpack(text: string | null, zipped: Uint8Array | null): Promise<unknown> {
  if (text !== null) return JSON.parse(text);
  if (zipped === null) return undefined;
  return JSON.parse((await unzip(zipped, { maxOutputLength: LARGEST })).toString());
}

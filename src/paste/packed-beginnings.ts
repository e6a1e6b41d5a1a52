/**
 * What patterns can begin with, worked out by the build: to find it out for some hundreds of patterns takes every start
 * of a command longer than to read most pastes. Run from the sources there is no such file, and one that was packed for
 * other patterns is not used.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { endianness } from "node:os";
import { type BeginningTable, beginningsOf } from "./beginnings.ts";

const FILE = new URL("./beginnings.bin", import.meta.url);
const DIGEST = 32;
const WORD = Int32Array.BYTES_PER_ELEMENT;

/** The table of these patterns: as the build packed it, or worked out now. */
export function knownBeginnings(patterns: readonly RegExp[]): BeginningTable {
  return (existsSync(FILE) && unpackBeginnings(readFileSync(FILE), patterns)) || beginningsOf(patterns);
}

/** The table of these patterns, as it lies in memory, behind a digest of what it was made of. */
export function packBeginnings(patterns: readonly RegExp[]): Buffer {
  const { flush, table } = beginningsOf(patterns);
  return Buffer.concat([digestOf(patterns), Buffer.from(flush.buffer), Buffer.from(table.buffer)]);
}

/** Undefined where the bytes were packed for other patterns. */
export function unpackBeginnings(packed: Buffer, patterns: readonly RegExp[]): BeginningTable | undefined {
  if (!digestOf(patterns).equals(packed.subarray(0, DIGEST))) return undefined;
  const numbers = new Int32Array(packed.byteLength / WORD - DIGEST / WORD);
  Buffer.from(numbers.buffer).set(packed.subarray(DIGEST));
  const words = Math.ceil(patterns.length / 32);
  return { flush: numbers.subarray(0, words), table: numbers.subarray(words) };
}

function digestOf(patterns: readonly RegExp[]): Buffer {
  return createHash("sha256")
    .update(`${endianness()}\n${patterns.join("\n")}`)
    .digest();
}

/**
 * The files as a power cut may leave them. What was synced is there; of what was written since, the disk kept some
 * writes, in no order, and of some only some sectors. Files are made, cut and removed in order: file systems keep a journal
 * of that. SQLite's own test of this kind (test6.c) does the same.
 */
import type { Operation } from "./trace.ts";

const SECTOR = 512;

interface Disk {
  /** What is certainly there. */
  bytes: Buffer;
  /** What may be there or not. */
  pending: { readonly at: number; readonly bytes: Buffer }[];
}

/** @param kept the share of unsynced writes that the disk kept, 0 to 1 @param random from 0 to 1 */
export function cutPower(operations: readonly Operation[], kept: number, random: () => number): Map<string, Buffer> {
  const disks = new Map<string, Disk>();
  const disk = (file: string): Disk => {
    const found = disks.get(file) ?? { bytes: Buffer.alloc(0), pending: [] };
    disks.set(file, found);
    return found;
  };
  for (const operation of operations) {
    if (operation.type === "acknowledged") continue;
    const on = disk(operation.file);
    if (operation.type === "write") on.pending.push(operation);
    else if (operation.type === "removed") disks.delete(operation.file);
    else if (operation.type === "sync") settle(on);
    else if (operation.type === "cut") cut(on, operation.length);
  }
  return new Map([...disks].map(([file, on]) => [file, survive(on, kept, random)]));
}

function settle(disk: Disk): void {
  for (const { at, bytes } of disk.pending) disk.bytes = overwrite(disk.bytes, at, bytes);
  disk.pending = [];
}

/** The new length is in the journal; what was written below it stays uncertain. */
function cut(disk: Disk, length: number): void {
  const grown = Buffer.alloc(length);
  disk.bytes.copy(grown, 0, 0, Math.min(length, disk.bytes.length));
  disk.bytes = grown;
  disk.pending = disk.pending.filter(({ at, bytes }) => at + bytes.length <= length);
}

function survive(disk: Disk, kept: number, random: () => number): Buffer {
  let found = disk.bytes;
  for (const { at, bytes } of disk.pending) {
    if (random() >= kept) continue;
    const isTorn = random() < 0.2;
    for (let from = 0; from < bytes.length; from += SECTOR)
      if (!isTorn || random() < 0.5) found = overwrite(found, at + from, bytes.subarray(from, from + SECTOR));
  }
  return found;
}

function overwrite(file: Buffer, at: number, bytes: Buffer): Buffer {
  const end = at + bytes.length;
  const target = end <= file.length ? file : Buffer.concat([file, Buffer.alloc(end - file.length)]);
  bytes.copy(target, at);
  return target;
}

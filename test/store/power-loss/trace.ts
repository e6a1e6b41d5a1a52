/** What a process did to the files of one directory, in order, as strace saw it. */

export type Operation =
  | { readonly type: "write"; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly type: "sync"; readonly file: string }
  | { readonly type: "cut"; readonly file: string; readonly length: number }
  | { readonly type: "made"; readonly file: string }
  | { readonly type: "removed"; readonly file: string }
  /** The process told us that message `number` is committed. */
  | { readonly type: "acknowledged"; readonly number: number };

/** For strace: the main thread's calls (SQLite's are made there), with all their bytes and the files' paths, in hex. */
export const STRACE = [
  "-y",
  "-xx",
  "-s",
  "100000",
  "-e",
  "trace=openat,write,pwrite64,writev,pwritev,ftruncate,fallocate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2",
];

const CALL = /^(\w+)\((.*)\) += (-?\d+)/;
const FILE = /^\d+<([^>]*)>/;

/** @throws Error at a call that changes a file in a way the simulator does not know. */
export function readTrace(trace: string, directory: string): Operation[] {
  const operations: Operation[] = [];
  for (const line of trace.split("\n")) {
    const [, call = "", rest = "", result = ""] = CALL.exec(line) ?? [];
    const operation = result.startsWith("-") ? undefined : readCall(call, rest, Number(result), directory);
    if (operation) operations.push(operation);
  }
  return operations;
}

function readCall(call: string, rest: string, result: number, directory: string): Operation | undefined {
  const path = fromHex(FILE.exec(rest)?.[1] ?? "").toString();
  const file = path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : undefined;
  const bytes = () => fromHex(/"([^"]*)"/.exec(rest)?.[1] ?? "");
  const numbers = rest.split(", ").map(Number);
  if (call === "write" && rest.startsWith("1<")) {
    const number = /^ACK (\d+)\n$/.exec(bytes().toString())?.[1];
    return number === undefined ? undefined : { type: "acknowledged", number: Number(number) };
  }
  if (call === "openat" || call === "unlink") {
    const named = fromHex(/"([^"]*)"/.exec(rest)?.[1] ?? "").toString();
    if (!named.startsWith(`${directory}/`)) return undefined;
    const its = named.slice(directory.length + 1);
    if (call === "unlink") return { type: "removed", file: its };
    return rest.includes("O_CREAT") ? { type: "made", file: its } : undefined;
  }
  if (file === undefined) return undefined;
  if (call === "pwrite64") {
    const written = bytes();
    if (written.length !== result) throw new Error(`${call} of ${result} bytes was traced as ${written.length}`);
    return { type: "write", file, at: numbers.at(-1) ?? 0, bytes: written };
  }
  if (call === "fsync" || call === "fdatasync") return { type: "sync", file };
  if (call === "ftruncate") return { type: "cut", file, length: numbers.at(-1) ?? 0 };
  throw new Error(`${call} of ${file} is not known to the simulator`);
}

function fromHex(text: string): Buffer {
  return Buffer.from(text.replaceAll("\\x", ""), "hex");
}

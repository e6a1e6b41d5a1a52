import { StoreUnavailable } from "../domain/chat.ts";
import { StoreRefused } from "./database.ts";

/** SQLSTATE by its beginning: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const MEANING: readonly (readonly [string, string])[] = [
  ["28", "it refused the user or password of DATABASE_URL"],
  ["3D", "the database named in DATABASE_URL does not exist"],
  ["42501", "the user of DATABASE_URL lacks a permission"],
  ["25006", "it is read-only: a standby, or set so"],
  ["53100", "its disk is full"],
  ["53300", "it has too many connections"],
  ["53", "it has run out of something"],
  ["57014", "it took too long"],
  ["57", "it is being stopped or started"],
  ["25P03", "the transaction was idle for too long"],
  ["40", "others changed the same rows"],
  ["08", "the connection broke"],
  ["58", "its disk refused to read or write"],
  ["XX", "its data is damaged"],
];

/** A transaction that was certainly not committed, for a reason that may be gone when it is run once more. */
export class MayRepeat extends StoreUnavailable {}

/** Aborted in favour of another; a place taken by another a moment ago; stopped under us; or the connection had died while nobody used it. */
const REPEATABLE = ["40001", "40P01", "23505", "57P01", "57P02", "57P03", "08003", "08006", "08P01"];
const BROKEN = ["ECONNRESET", "EPIPE", "ETIMEDOUT", "ECONNABORTED"];

/** The driver's own errors have neither code nor class; these are its words. */
const TERMINATED = /^Connection terminated|^Client has encountered a connection error|^Client was closed/;
const TIMED_OUT = /timeout/i;

/** SQLSTATE or the system's code. */
function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/**
 * What a statement failed with, in words that hold nothing of it: the server's own message may quote values.
 * Errors that are ours already stay as they are.
 */
export function postgresFailure(error: unknown): Error {
  if (error instanceof StoreUnavailable || error instanceof StoreRefused) return error;
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : "";
  const isBroken = (code !== undefined && BROKEN.includes(code)) || TERMINATED.test(text);
  const message = `nothing was kept: PostgreSQL: ${meaningOf(code, text, isBroken)}${code ? ` (${code})` : ""}`;
  const mayRepeat = isBroken || (code !== undefined && REPEATABLE.includes(code));
  return mayRepeat ? new MayRepeat(message) : new StoreUnavailable(message);
}

function meaningOf(code: string | undefined, text: string, isBroken: boolean): string {
  if (isBroken) return "the connection broke";
  if (code === undefined) return TIMED_OUT.test(text) ? "it did not answer in time" : "the connection failed";
  if (code === "ECONNREFUSED" || code === "ENOENT") return "nothing listens at the address of DATABASE_URL";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "the host of DATABASE_URL is not known";
  return MEANING.find(([beginning]) => code.startsWith(beginning))?.[1] ?? "it failed";
}

/** While committing: nobody can say now. The delivery's row tells when the message comes again. */
export function commitFailure(error: unknown): Error {
  const failure = postgresFailure(error);
  const code = codeOf(error);
  // The server answered: it rolled back.
  if (code !== undefined && /^(?:40|23|53|57014)/.test(code)) return failure;
  return new StoreUnavailable(
    `PostgreSQL went away while committing${code ? ` (${code})` : ""}: whether it was kept shows when the message comes again`,
  );
}

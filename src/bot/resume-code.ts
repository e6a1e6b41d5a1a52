/** The code that lets somebody take a case along to another chat or workspace. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Place } from "../domain/inbound.ts";

/** Crockford's base 32, as case ids: nothing in it looks like something else. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 50 bits: nobody guesses it at a chat's pace. */
const LENGTH = 10;

export interface ResumeCodes {
  /** Bound to where the case is now: once it has moved, the code is worth nothing. */
  codeFor(caseId: string, place: Place): string | undefined;
  isRight(code: string, caseId: string, place: Place): boolean;
}

/** @param key the service's, equal for all replicas; it is not in the database */
export function createResumeCodes(key: Uint8Array): ResumeCodes {
  const codeFor = (caseId: string, { chat, workspace, thread }: Place) => {
    const digest = createHmac("sha256", key)
      .update(JSON.stringify(["resume", caseId, chat, workspace, thread]))
      .digest();
    return [...digest.subarray(0, LENGTH)].map((byte) => LETTERS[byte & 31] ?? "0").join("");
  };
  return {
    codeFor,
    isRight(code, caseId, place) {
      const [given, wanted] = [Buffer.from(code), Buffer.from(codeFor(caseId, place))];
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
}

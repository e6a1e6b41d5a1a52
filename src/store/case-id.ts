import { randomBytes } from "node:crypto";

/** Crockford's base 32: no I, L, O, U, so that it can be read out over the phone. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Four characters make a million ids; where one is taken, the next is longer. */
const LENGTHS = [4, 5, 6, 7, 7, 7, 7];

/** Ids to try for a new case, shortest first. */
export function caseIds(random: (bytes: number) => Uint8Array = randomBytes): readonly string[] {
  const letters = [...random(LENGTHS.reduce((sum, length) => sum + length))].map((byte) => ALPHABET[byte & 31]);
  return LENGTHS.map((length) => letters.splice(0, length).join(""));
}

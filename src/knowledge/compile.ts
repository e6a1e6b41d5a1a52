/** Signatures from their file's form to the one that parsers use. */
import type { Signature } from "../domain/signature.ts";
import type { PackedSignatureFile } from "./schema.ts";

export function compileSignatures({ platform, signatures }: PackedSignatureFile): Signature[] {
  return signatures.map(({ id, pattern, means, noise, unseen, step, literals }) => ({
    id,
    platform,
    pattern: new RegExp(pattern, "i"),
    means,
    noise,
    ...(unseen.length > 0 && { unseen }),
    ...(step && { step }),
    ...(literals && { literals }),
  }));
}

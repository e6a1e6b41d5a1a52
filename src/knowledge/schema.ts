/** What the files of knowledge/ must look like. */
import { z } from "zod";
import { PLATFORM_IDS } from "../domain/ids.ts";
import { NEGOTIATION_STEPS, type Signature } from "../domain/signature.ts";

/** src/vendors/PLATFORM/knowledge/signatures/*.yaml: log and debug lines that mean something, each with its proof. */
export const SignatureFile = z.strictObject({
  platform: z.enum(PLATFORM_IDS),
  signatures: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]+$/),
      /** Without flags; case does not matter. Anchored where it can be, linear always (checked by recheck). */
      pattern: z.string().min(4),
      means: z.string().min(10),
      /** What it says of the course of a negotiation, for logs that are read by their signatures (src/negotiations). */
      step: z.enum(NEGOTIATION_STEPS).optional(),
      /** Also printed on healthy tunnels: never evidence by itself. */
      noise: z.boolean().default(false),
      /** Parts of wordings that no source shows printed: a line that has one makes a finding likely, never sure. */
      unseen: z.array(z.string().min(4).toLowerCase()).default([]),
      matches: z.array(z.string()).min(1),
      doesNotMatch: z.array(z.string()).min(1),
      sources: z.array(z.string()).min(1),
    }),
  ),
});
export type SignatureFile = z.infer<typeof SignatureFile>;
/** As the build packs it. */
export interface PackedSignatureFile extends SignatureFile {
  readonly signatures: (SignatureFile["signatures"][number] & Pick<Signature, "literals">)[];
}

/** knowledge/shared-signatures.yaml: signatures that mean the same on every platform, with what each means. */
export const SharedSignatureFile = z.record(z.string().regex(/^[a-z0-9-]+$/), z.string().min(10));

/** knowledge/support.yaml: what the vendor's support asks for in a case about a tunnel, by platform, most telling first. */
export const SupportFile = z.record(
  z.enum(PLATFORM_IDS),
  z
    .array(
      z.strictObject({
        /** The command, or what to take from the console; {blanks} and [optional parts] as in asks. */
        run: z.string().min(2),
        why: z.string().min(10),
      }),
    )
    .min(5),
);
export type SupportFile = z.infer<typeof SupportFile>;

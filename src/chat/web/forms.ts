/** What forms send, checked. */
import { z } from "zod";
import { SIDES, SYMPTOM_IDS } from "../../domain/ids.ts";
import type { NamedText } from "../../domain/inbound.ts";

/** Pastes of a hub with ten thousand tunnels are about 17 MB. */
export const MOST_BYTES = 32 * 1024 * 1024;
const MOST_FILES = 64;

/** As people type it; ids are in upper case, without I, L, O and U. */
export const CaseId = z
  .string()
  .regex(/^[0-9A-Za-z]{4,12}$/)
  .transform((id) => id.toUpperCase());

const Delivery = z.string().regex(/^[\w-]{8,64}$/);
const Text = z.string().max(MOST_BYTES).default("");
const Files = z
  .preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.unknown()))
  .transform((values) =>
    values.filter((value): value is File => value instanceof File && value.size + value.name.length > 0),
  )
  .refine((files) => files.length <= MOST_FILES, `at most ${MOST_FILES} files at once`);

export const Act = z.object({ delivery: Delivery });
export const Choose = z.object({ delivery: Delivery, choice: z.string().min(1).max(300) });
export const Say = z.object({
  delivery: Delivery,
  text: Text,
  side: z.enum([...SIDES, ""]).default(""),
  files: Files,
});
export const Start = Say.extend({ symptom: z.enum(SYMPTOM_IDS).optional() });
export const Login = z.object({ token: z.string().max(1000) });

/** The texts of files, as people save them: UTF-8, or UTF-16 with its mark (Windows). */
export async function textsOf(files: readonly File[]): Promise<NamedText[]> {
  return Promise.all(files.map(async (file) => ({ name: nameOf(file.name), text: decode(await file.arrayBuffer()) })));
}

/** A name without path and without what no name should have; never empty. */
function nameOf(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  return (
    last
      .replace(/\p{Cc}/gu, "")
      .trim()
      .slice(0, 120) || "file"
  );
}

function decode(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

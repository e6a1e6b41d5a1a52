/** Events of a case as they come back from where they were kept: checked before a case is rebuilt from them. */
import { z } from "zod";
import { PLATFORM_IDS, ROOT_CAUSE_IDS, SIDES, STAGES, SYMPTOM_IDS } from "../domain/ids.ts";
import { ReadPasteSchema } from "../domain/output-schema.ts";
import type { CaseEvent } from "./events.ts";

const SideSchema = z.enum(SIDES);

const stamp = {
  at: z.number().optional(),
  by: z.object({ id: z.string(), name: z.string().optional() }).optional(),
};
const PlatformSchema = z.enum([...PLATFORM_IDS, "unknown"]);
const CheckSchema = z.object({ side: SideSchema, platform: PlatformSchema, command: z.string(), expect: z.string() });

/**
 * A kept event. Fields that we do not know (a later version wrote them) are left out; anything else that is not as the
 * type says is refused. A field that is added to a kept type must be optional, or cases that stand could not be read.
 */
export const CaseEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("symptom-said"), symptom: z.enum(SYMPTOM_IDS), ...stamp }),
  z.object({ type: z.literal("platform-said"), side: SideSchema, platform: PlatformSchema, ...stamp }),
  z.object({ type: z.literal("peer-said"), address: z.string().min(1), ...stamp }),
  z.object({
    type: z.literal("pasted"),
    paste: ReadPasteSchema,
    side: SideSchema.optional(),
    message: z.string().optional(),
    ...stamp,
  }),
  z.object({ type: z.literal("pasted-anew"), paste: ReadPasteSchema, message: z.string().optional(), ...stamp }),
  z.object({ type: z.literal("forgotten"), paste: z.string(), ...stamp }),
  z.object({ type: z.literal("side-said"), paste: z.string(), side: SideSchema, ...stamp }),
  z.object({ type: z.literal("cannot-run"), side: SideSchema, command: z.string().min(1), ...stamp }),
  z.object({
    type: z.literal("fix-tried"),
    finding: z.enum(ROOT_CAUSE_IDS),
    stage: z.enum(STAGES).optional(),
    checks: z.array(CheckSchema).optional(),
    ...stamp,
  }),
  z.object({ type: z.literal("undone"), ...stamp }),
  z.object({ type: z.literal("started-over"), ...stamp }),
]);

/** Faults named in one error; a damaged paste would name one for each of its lines. */
const MOST_FAULTS = 3;

/**
 * An event as it was kept (parsed JSON) → the event.
 * @throws Error that names each damaged place ("paste.outputs[0].values[2].flows[17].line: …") and repeats no value:
 *   what is damaged may be anything.
 */
export function readCaseEvent(kept: unknown): CaseEvent {
  const checked = CaseEventSchema.safeParse(kept);
  if (checked.success) return checked.data;
  const { issues } = checked.error;
  const faults = issues.slice(0, MOST_FAULTS).map((issue) => `${placeOf(issue.path)}: ${faultOf(issue)}`);
  const more = issues.length > MOST_FAULTS ? ` (and ${issues.length - MOST_FAULTS} more)` : "";
  throw new Error(`a kept event is damaged: ${faults.join("; ")}${more}`);
}

const RemovedSchema = z.object({
  type: z.enum(["pasted", "pasted-anew"]),
  paste: z.object({ secretsRemoved: z.number() }),
});

/** How many keys were taken out of each paste of these kept events; nothing else of them is looked at. */
export function secretsRemovedFrom(kept: readonly unknown[]): number[] {
  return kept.flatMap((event) => RemovedSchema.safeParse(event).data?.paste.secretsRemoved ?? []);
}

/** zod lists every value it would have taken; of forty ids that helps nobody. */
function faultOf(issue: z.core.$ZodIssue): string {
  return issue.code === "invalid_value" || issue.code === "invalid_union" ? "is none that we know" : issue.message;
}

function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${nameOf(part)}`)).join("");
  return place === "" ? "the event" : place.replace(/^\./, "");
}

/** Names of fields are ours; what stands in a field's place in a damaged record may not be. */
function nameOf(part: string | symbol): string {
  return typeof part === "string" && /^[a-zA-Z0-9-]{1,40}$/.test(part) ? part : "?";
}

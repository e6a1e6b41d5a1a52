/** knowledge/findings/*.yaml: a root cause with what speaks for and against it, its fix and its verification. */
import { z } from "zod";
import { type PlatformId, ROOT_CAUSE_IDS, STAGES } from "../domain/ids.ts";

/**
 * A condition: "NAME" (the question's answer is yes), "no NAME" (it is no), "log SIGNATURE" (it was printed in the
 * negotiation that decides), "log SIGNATURE x3" (at least so often), "symptom ID" (it was stated).
 */
const Condition = z.string().regex(/^(?:no |log |symptom )?[a-z0-9-]+(?: x\d+)?$/);

/** All conditions must hold. */
const Rule = z.strictObject({
  when: z.array(Condition).min(1),
  /** The end to change, where the conditions do not say: the end that the first condition speaks of, or the other. */
  blames: z.enum(["here", "there", "both"]).optional(),
});

const Risk = z.enum(["none", "low", "drops-this-tunnel", "drops-other-tunnels"]);

const Step = z.strictObject({
  /** Whose commands: the end to blame, the other one, each of both, or one by name. */
  on: z.enum(["blamed", "other", "both", "local", "remote"]),
  /** One command a line; {blanks} are filled from the case, see src/verdict/blanks. */
  commands: z.string(),
  risk: Risk,
  note: z.string(),
  /** Only where these hold. */
  when: z.array(Condition).optional(),
  /** Not where one of these holds. */
  unless: z.array(Condition).min(1).optional(),
  /** For ends that are configured in this system's own words, and for no others. */
  dialect: z.literal("vyos").optional(),
});
const Check = z.strictObject({
  on: z.enum(["blamed", "other", "both", "local", "remote"]),
  command: z.string(),
  expect: z.string(),
  /** Only where these hold; not where one of those does. */
  when: z.array(Condition).optional(),
  unless: z.array(Condition).min(1).optional(),
  dialect: z.literal("vyos").optional(),
});

/**
 * Whom to ask: the end that was seen (the local one where both or neither were), the other one, both, the end that knows why
 * the negotiation failed ("responder": the one whose refusal came in, else the one that answers, else the far end), the end to
 * blame, or its other end.
 */
export const ASKED_ENDS = ["near", "far", "both", "responder", "blamed", "other"] as const;

export const FindingFile = z.strictObject({
  id: z.enum(ROOT_CAUSE_IDS),
  stage: z.enum(STAGES),
  /** Stages further on at which it can show as well: phase 1 may come up without the map entry. */
  alsoAt: z.array(z.enum(STAGES)).default([]),
  title: z.string().max(90),
  why: z.string(),
  /** How common it is in the field: puts findings in order that the evidence does not tell apart. */
  prior: z.number().int().min(0).max(3).default(1),
  for: z.array(Rule.extend({ weight: z.enum(["confirms", "strong", "weak"]) })).min(1),
  against: z.array(Rule.extend({ weight: z.enum(["excludes", "strong", "weak"]) })).default([]),
  /** What would tell it from its look-alikes: asks by id, most telling first. */
  settle: z
    .array(
      z.strictObject({
        ask: z.string(),
        on: z.enum(ASKED_ENDS),
        why: z.string(),
        /** Only where these hold; not where one of those does. */
        when: z.array(Condition).optional(),
        unless: z.array(Condition).min(1).optional(),
      }),
    )
    .default([]),
  /** Default end to change, where no rule says. */
  blames: z.enum(["local", "remote", "both"]).optional(),
  /** What to do, in words of no platform: for ends whose platform has no fix of its own. {blanks} are filled. */
  remedy: z.strictObject({ text: z.string(), risk: Risk }),
  sources: z.array(z.string()).min(1),
});
export type FindingFile = z.infer<typeof FindingFile>;

/** src/vendors/PLATFORM/knowledge/fixes/FINDING.yaml: how that platform mends a finding, and what shows that it worked. */
export const FixFile = z.strictObject({
  fix: z.array(Step).min(1),
  verify: z.array(Check).min(1),
});
export type FixFile = z.infer<typeof FixFile>;

/**
 * src/vendors/PLATFORM/knowledge/words.yaml: our names of algorithms (src/domain/crypto.ts) in the words of its
 * configuration. What it lacks it writes as we do. `esp-…` where a proposal for IPsec is written in other words than one
 * for IKE.
 */
const Words = z.record(z.string(), z.string()).optional();
export const WordFile = z.strictObject({
  encryption: Words,
  integrity: Words,
  prf: Words,
  /** By the number of the group: "14". */
  group: Words,
  method: Words,
  "esp-encryption": Words,
  "esp-integrity": Words,
  "pfs-group": Words,
});
export type WordFile = z.infer<typeof WordFile>;

/**
 * src/vendors/PLATFORM/knowledge/findings.yaml: how that platform's people call what a finding is about, by the finding's
 * id, where they would not say it as knowledge/findings does, which is in words of no platform.
 */
const Saying = z.strictObject({
  title: z.string().max(90).optional(),
  why: z.string().optional(),
  /** Why to ask for something, by the ask's id: what is seen in that platform's output. */
  asks: z.record(z.string(), z.string()).optional(),
});
export const SayingFile = z.partialRecord(
  z.enum(ROOT_CAUSE_IDS),
  Saying.extend({
    /** Not said of a tunnel that is known to be IKEv2. */
    ikev1: Saying.optional(),
  }),
);
export type SayingFile = z.infer<typeof SayingFile>;

/** A finding with what every platform has to say to it. */
export interface KnownFault extends FindingFile {
  readonly fix: Partial<Readonly<Record<PlatformId, FixFile["fix"]>>>;
  readonly verify: Partial<Readonly<Record<PlatformId, FixFile["verify"]>>>;
  /** How each platform calls algorithms, where it calls them otherwise than we do. */
  readonly words: Partial<Readonly<Record<PlatformId, WordFile>>>;
  /** How each platform shows whether its SAs are up, for what has no check of its own. */
  readonly look: Partial<Readonly<Record<PlatformId, string>>>;
  /** How each platform calls it. */
  readonly sayings: Partial<Readonly<Record<PlatformId, SayingFile[FindingFile["id"]]>>>;
}
export type FindingRule = z.infer<typeof Rule>;

/** knowledge/asks.yaml: what can be asked for. */
export const AskFile = z.strictObject({
  asks: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]+$/),
      /** Kinds of reading of which one answers it. */
      gives: z.array(z.string()).min(1),
      /** Answered only by the detailed form, or only by a second reading of the same. */
      needs: z.enum(["detail", "again"]).optional(),
      /** Asked for only where a comparison hangs on it, and then before all else. */
      settlesIt: z.literal(true).optional(),
      /** 1: a look; 2: several lines or both ends' help; 3: a debug. Cheaper ones are asked first among equals. */
      effort: z.number().int().min(1).max(3),
      why: z.string(),
    }),
  ),
});
export type AskFile = z.infer<typeof AskFile>;

const AskWords = z.strictObject({
  command: z.string(),
  why: z.string().optional(),
  ipv4Only: z.literal(true).optional(),
});

/**
 * src/vendors/PLATFORM/knowledge/asks.yaml: the command of that platform for an ask, by the ask's id; with its own reason
 * where the usual one speaks of something that its output does not have, and in the words of IKEv2 where the command is
 * another one there. `ipv4Only`: it shows nothing of IPv6, so that it is not asked for where IPv6 is protected.
 */
export const AskCommandFile = z.record(
  z.string().regex(/^[a-z0-9-]+$/),
  z.union([
    z.string(),
    AskWords.extend({
      ikev2: z.union([z.string(), AskWords]).optional(),
      vyos: z.union([z.string(), AskWords]).optional(),
    }),
  ]),
);
export type AskCommandFile = z.infer<typeof AskCommandFile>;

/** How an ask is put on one platform. */
export interface AskCommand {
  readonly command: string;
  /** Where the reason is another one than the ask's own. */
  readonly why?: string | undefined;
  readonly ipv4Only?: true | undefined;
  /** The same for a tunnel that is known to be IKEv2, where that is another command. */
  readonly ikev2?: AskCommand | undefined;
  /** The same for an end that is VyOS, which runs strongSwan and has commands of its own. */
  readonly vyos?: AskCommand | undefined;
}

/** An ask with its command on every platform that has one. */
export interface AskEntry extends Readonly<AskFile["asks"][number]> {
  readonly commands: Partial<Readonly<Record<PlatformId, AskCommand>>>;
}

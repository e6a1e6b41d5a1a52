/** What programs may ask, as schemas: of the library, of the HTTP API and of the MCP server alike. */
import { z } from "zod";
import { PLATFORM_IDS, SIDES, SYMPTOM_IDS } from "../domain/ids.ts";
import { canonicalAddress } from "../domain/network.ts";
import { type Problem, WrongInput } from "./wrong-input.ts";

const MOST_PASTES = 256;
const MOST_CANNOT = 256;
/** Characters. */
const LONGEST = { name: 200, command: 500, words: 50_000 };

const Side = z.enum(SIDES);
const Platform = z.enum(PLATFORM_IDS);

export const PasteInput = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(LONGEST.name)
    .refine((name) => !/\p{Cc}/u.test(name), "must be one line")
    .optional()
    .describe('How evidence refers to it; "paste 1", "paste 2" … where there is none'),
  text: z
    .string()
    .describe(
      "What the device printed, as it is: any number of outputs, logs and configurations, with prompts or without. " +
        "Keys and passwords are taken out before anything else is done",
    ),
  side: Side.optional().describe("The end it was taken on, if you know; else prompts and addresses tell"),
});

const pastes = z.array(PasteInput).max(MOST_PASTES).default([]);

export const ReadRequest = z.strictObject({ pastes });

export const DiagnoseRequest = z.strictObject({
  pastes,
  symptom: z.enum(SYMPTOM_IDS).optional().describe("What was reported"),
  platforms: z
    .strictObject({ local: Platform.optional(), remote: Platform.optional() })
    .default({})
    .describe("What each end is, where its pastes do not show it"),
  peer: z
    .string()
    .refine((text) => canonicalAddress(text.trim()) !== undefined, "must be an IPv4 or IPv6 address")
    .optional()
    .describe("The far gateway's address, where a device has many tunnels"),
  cannot: z
    .array(z.strictObject({ side: Side, command: z.string().trim().min(1).max(LONGEST.command) }))
    .max(MOST_CANNOT)
    .default([])
    .describe("Commands that can't be run there; they are not asked for again"),
});

export const ExplainRequest = z.strictObject({
  words: z
    .string()
    .trim()
    .min(1)
    .max(LONGEST.words)
    .describe("A state, message, command or term, a whole log line, or a question; misspelt is fine"),
});

/** @throws WrongInput that names each place and what to change there */
export function checkRequest<T extends z.ZodType>(schema: T, given: unknown): z.output<T> {
  const checked = schema.safeParse(given, { error: remedyOf });
  if (checked.success) return checked.data;
  throw new WrongInput(checked.error.issues.map(toProblem));
}

function toProblem({ path, message }: z.core.$ZodIssue): Problem {
  const pointer = path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return { pointer, detail: message };
}

/** zod's own words name fields that were given and should not be; whatever was given is not repeated. */
function remedyOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? `is missing; it must be ${kind(issue.expected)}`
        : `must be ${kind(issue.expected)}`;
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    case "unrecognized_keys": {
      const known = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape).join(", ") : "";
      return `has a field that is not known; known are ${known}`;
    }
    case "too_big":
      return `must have ${issue.maximum} ${issue.origin === "array" ? "items" : "characters"} at the most`;
    case "too_small":
      return "must not be empty";
    default:
      return "is not as it must be";
  }
}

function kind(expected: string): string {
  return expected === "object" || expected === "array" ? `an ${expected}` : `a ${expected}`;
}

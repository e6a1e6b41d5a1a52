/** The OpenAPI document of the HTTP API. What is sent and answered comes from the schemas that check it. */
import { ExplanationSchema, MeaningSchema, ReferenceSchema, SuggestionsSchema } from "../domain/explanation-schema.ts";
import * as verdict from "../domain/verdict-schema.ts";
import { type JsonSchema, linkedSchemas } from "./json-schema.ts";
import { ProblemSchema } from "./problem-schema.ts";
import { DiagnoseRequest, PasteInput, ReadRequest } from "./requests.ts";

const REQUESTS = { PasteInput, DiagnoseRequest, ReadRequest };
const ANSWERS = {
  Verdict: verdict.VerdictSchema,
  Finding: verdict.FindingSchema,
  Evidence: verdict.EvidenceSchema,
  FixStep: verdict.FixStepSchema,
  VerifyStep: verdict.VerifyStepSchema,
  Ask: verdict.AskSchema,
  PasteReport: verdict.PasteReportSchema,
  ReadReport: verdict.ReadReportSchema,
  ReadReports: verdict.ReadReportsSchema,
  Explanation: ExplanationSchema,
  Meaning: MeaningSchema,
  Suggestions: SuggestionsSchema,
  Reference: ReferenceSchema,
  Problem: ProblemSchema,
};

const at = (name: string) => `#/components/schemas/${name}`;

/** OpenAPI 3.1. `needsToken`: whether a Bearer token has to be sent. */
export function openApi(needsToken: boolean) {
  return {
    openapi: "3.1.0",
    info: {
      title: "TunnelMedic",
      version: "1",
      description:
        "Reads what IPsec gateways print and names the root cause, with the lines that show it. Deterministic. " +
        "Nothing that is sent is kept or logged; keys and passwords are taken out before anything else is done.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api/v1" }],
    security: needsToken ? [{ token: [] }] : [],
    paths: {
      "/diagnose": {
        post: {
          operationId: "diagnose",
          summary: "The verdict on everything given, and what to run next",
          requestBody: body("DiagnoseRequest"),
          responses: answers("Verdict", "The verdict", [400, 413, 415, 422]),
        },
      },
      "/read": {
        post: {
          operationId: "read",
          summary: "What each output was recognised as, and the facts read from it",
          requestBody: body("ReadRequest"),
          responses: answers("ReadReports", "Every output in order", [400, 413, 415, 422]),
        },
      },
      "/explain": {
        get: {
          operationId: "explain",
          summary: "What a state, message, command or term means; misspelt is fine",
          parameters: [
            {
              name: "words",
              in: "query",
              required: true,
              description: "A state, message, command or term, a whole log line, or a question",
              schema: { type: "string", minLength: 1 },
            },
          ],
          responses: answers("Explanation", "A meaning, or what comes near", [422]),
        },
      },
      "/openapi.json": {
        get: {
          operationId: "openapi",
          summary: "This document",
          responses: {
            "200": { description: "OpenAPI 3.1", content: { "application/json": { schema: { type: "object" } } } },
          },
        },
      },
    },
    components: {
      schemas: { ...linkedSchemas(REQUESTS, "input", at), ...linkedSchemas(ANSWERS, "output", at) },
      securitySchemes: { token: { type: "http", scheme: "bearer", description: "WEB_TOKEN of the service" } },
    },
  };
}

function body(name: keyof typeof REQUESTS) {
  return { required: true, content: { "application/json": { schema: { $ref: at(name) } } } };
}

const PROBLEMS = {
  400: "The body is no JSON",
  401: "The token is missing or wrong",
  403: "Another site, or another name of this machine, sent it",
  413: "More than 32 MB",
  415: "The body is not application/json",
  422: "Something in it can't be used; problems names each place and what to change there",
  429: "Too much at once; Retry-After says when to come again",
} as const;

function answers(name: keyof typeof ANSWERS, description: string, problems: readonly (keyof typeof PROBLEMS)[]) {
  const content = (schema: JsonSchema, type = "application/json") => ({ [type]: { schema } });
  const problem = content({ $ref: at("Problem") }, "application/problem+json");
  const refusals = [...problems, 401, 403, 429] as const;
  return {
    "200": { description, content: content({ $ref: at(name) }) },
    ...Object.fromEntries(
      refusals.map((status) => [`${status}`, { description: PROBLEMS[status], content: problem }] as const),
    ),
  };
}

/** The tools an assistant may call, with what it has to hold to when it passes their answers on. */
import type { Engine } from "../api/engine.ts";
import { answerSchema, type JsonSchema, requestSchema } from "../api/json-schema.ts";
import { checkRequest, DiagnoseRequest, ExplainRequest, ReadRequest } from "../api/requests.ts";
import { ExplanationSchema } from "../domain/explanation-schema.ts";
import type { Reply } from "../domain/reply.ts";
import { ReadReportsSchema, VerdictSchema } from "../domain/verdict-schema.ts";
import { speakVerdict } from "../speech/diagnosis.ts";
import { speakExplanation } from "../speech/explanation.ts";
import { speakReading } from "../speech/reading.ts";

/** What a tool answers: for people, and for programs by its schema. */
export interface ToolAnswer {
  readonly said: Reply;
  readonly structured: Readonly<Record<string, unknown>>;
}

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonSchema & { readonly type: "object" };
  readonly outputSchema: JsonSchema & { readonly type: "object" };
  /** @throws WrongInput that names the place and the remedy */
  answer(given: unknown): ToolAnswer;
}

/** How to use them together; clients show it to the model. */
export const INSTRUCTIONS = `TunnelMedic finds out why an IPsec tunnel is down or passes no traffic, from what its two gateways print.
It decides by rules, not by a language model: the same pastes give the same answer.
Call diagnose with everything the person has pasted so far, each time anew and as it is: nothing is remembered between
calls. Do not shorten, tidy or complete a paste. Where the answer is need-more, pass on its first ask, and call again
with the output. What diagnose does not say is not known: do not fill the gap from memory.`;

const DIAGNOSE = `Names the root cause of an IPsec tunnel's trouble with the lines that show it, the fix and how to check it; or says which command to run next. Keys and passwords are removed before anything is read.
When you pass the answer on:
- Quote every finding with its evidence: paste, line number and text, word for word. Name no cause that is not among the findings.
- Never raise a certainty. "confirmed" is the only one that is sure; say "likely" or "possible" where the answer does, and say what speaks against it.
- verdict "need-more": the cause is not known. Pass on the first ask as it is (the command, the end to run it on, why) and wait for its output. Findings listed beside it are open, not the answer.
- Give a fix with its end, its commands unchanged, and its risk before them. Invent no command. What drops other tunnels must be said to do so.
- Say how many keys were removed (secretsRemoved) and which lines could not be read (unread).
A command that can't be run there goes into "cannot", so that it is not asked for again.`;

const READ = `Shows what each output in the pastes was recognised as, the facts read from it, and the lines that could not be read. No verdict: for that, call diagnose. Facts are what stands in the paste; what is absent from them was not read, which does not mean that it is absent on the device. Keys and passwords are removed.`;

const EXPLAIN = `Says what an IPsec or IKE state (MM_WAIT_MSG4), message, whole log line, command or term means, what it does not mean, what to look at next, and where that is from. Pass it on with its "not" and its sources. kind "suggestions": it is not known by that name; offer the names that come near, do not explain it from memory. It explains in general: what is wrong with a certain tunnel is for diagnose.`;

export function createTools(engine: Engine): readonly Tool[] {
  return [
    {
      name: "diagnose",
      title: "Diagnose an IPsec tunnel",
      description: DIAGNOSE,
      inputSchema: objectSchema(requestSchema(DiagnoseRequest)),
      outputSchema: objectSchema(answerSchema(VerdictSchema)),
      answer(given) {
        const { pastes, ...known } = checkRequest(DiagnoseRequest, given);
        const diagnosis = engine.diagnose(pastes, known);
        return { said: speakVerdict(diagnosis), structured: { ...diagnosis.verdict } };
      },
    },
    {
      name: "read",
      title: "Read device outputs",
      description: READ,
      inputSchema: objectSchema(requestSchema(ReadRequest)),
      outputSchema: {
        type: "object",
        properties: { outputs: answerSchema(ReadReportsSchema) },
        required: ["outputs"],
        additionalProperties: false,
      },
      answer(given) {
        const outputs = engine.read(checkRequest(ReadRequest, given).pastes);
        return { said: speakReading(outputs), structured: { outputs: outputs.map(({ report }) => report) } };
      },
    },
    {
      name: "explain",
      title: "Explain an IPsec state, message, command or term",
      description: EXPLAIN,
      inputSchema: objectSchema(requestSchema(ExplainRequest)),
      outputSchema: objectSchema(answerSchema(ExplanationSchema)),
      answer(given) {
        const found = engine.explain(checkRequest(ExplainRequest, given).words);
        return { said: speakExplanation(found), structured: { ...found } };
      },
    },
  ];
}

/** A tool's schemas are of objects, and a choice between objects has to say so too. */
function objectSchema(schema: JsonSchema): JsonSchema & { readonly type: "object" } {
  return { ...schema, type: "object" };
}

/** Rows as they come back from either engine, checked. */
import { z } from "zod";
import type { OutgoingBody } from "../domain/chat.ts";
import { HandOffSchema } from "../domain/hand-off.ts";
import type { Reply } from "../domain/reply.ts";
import type { Row } from "./database.ts";
import { unpack } from "./packed-text.ts";
import type { CaseHead, CaseRecall, Claimed, EarlierCase, StoredTurn } from "./store.ts";

const text = z.string();
const maybe = z.string().nullable();
const time = z.number();
const bytes = z.instanceof(Uint8Array).nullable();
const maybeNumber = z.number().nullish();
const maybeText = z.string().nullish();

const HeadRow = z.object({
  id: text,
  chat: text,
  workspace: text,
  thread: text,
  status: z.enum(["open", "closed"]),
  opened_by: text,
  opened_by_name: maybe,
  opened_at: time,
  changed_at: time,
  closed_at: time.nullable(),
  version: z.number(),
  symptom: maybe,
  peer: maybe,
  verdict: maybe,
  cause: maybe,
  title: maybe,
  own: maybe,
  fix: maybe,
  asked: maybe,
  found_at: time.nullable(),
  fixed_at: time.nullable(),
});

export const HEAD_COLUMNS =
  "id, chat, workspace, thread, status, opened_by, opened_by_name, opened_at, changed_at, closed_at, version, symptom, peer, verdict, cause, title, own, fix, asked, found_at, fixed_at";

export function readHead(row: Row): CaseHead {
  const head = HeadRow.parse(row);
  return {
    id: head.id,
    place: { chat: head.chat, workspace: head.workspace, thread: head.thread },
    status: head.status,
    openedBy: { id: head.opened_by, name: head.opened_by_name ?? undefined },
    openedAt: head.opened_at,
    changedAt: head.changed_at,
    closedAt: head.closed_at ?? undefined,
    version: head.version,
    summary: {
      symptom: head.symptom ?? undefined,
      peer: head.peer ?? undefined,
      verdict: head.verdict ?? undefined,
      cause: head.cause ?? undefined,
      title: head.title ?? undefined,
      own: head.own ?? undefined,
      fix: head.fix ?? undefined,
      asked: head.asked ?? undefined,
      foundAt: head.found_at ?? undefined,
      fixedAt: head.fixed_at ?? undefined,
    },
  };
}

const EarlierRow = z.object({ id: text, opened_at: time, cause: maybe, fixed_at: time.nullable() });

export const EARLIER_COLUMNS = "id, opened_at, cause, fixed_at";

export function readEarlier(row: Row): EarlierCase {
  const { id, opened_at: openedAt, cause, fixed_at: fixedAt } = EarlierRow.parse(row);
  return { id, openedAt, summary: { cause: cause ?? undefined, fixedAt: fixedAt ?? undefined } };
}

const Recall: z.ZodType<CaseRecall> = z.object({
  said: text,
  words: text,
  unread: z.array(z.object({ platform: text, shape: text, lines: z.number() })),
  refused: z.array(text),
});

export function readRecall(row: Row): CaseRecall | undefined {
  const kept = readText(row, "recall");
  return kept === undefined ? undefined : Recall.parse(JSON.parse(kept));
}

const TurnRow = z.object({
  number: z.number(),
  at: time,
  message: maybe,
  echo: text,
  said: maybe,
  said_zip: bytes,
  events: maybe,
  events_zip: bytes,
});

export const TURN_COLUMNS = "number, at, message, echo, said, said_zip, events, events_zip";

/** A reply was ours: its blocks are the renderer's to know. */
const Blocks = z.object({ blocks: z.array(z.unknown()) });
const reply = z.custom<Reply>((value) => Blocks.safeParse(value).success);
const Said = z.object({
  person: z.object({ id: text, name: text.optional() }),
  reply: reply.optional(),
});
const Events = z.custom<readonly unknown[]>(Array.isArray);

export async function readTurn(row: Row): Promise<StoredTurn> {
  const turn = TurnRow.parse(row);
  const said = Said.parse(await unpack(turn.said, turn.said_zip));
  return {
    number: turn.number,
    at: turn.at,
    person: said.person,
    echo: turn.echo,
    events: Events.parse(await unpack(turn.events, turn.events_zip)),
    reply: said.reply,
    message: turn.message ?? undefined,
  };
}

const OutboxRow = z.object({
  case_id: text,
  number: z.number(),
  chat: text,
  workspace: text,
  thread: text,
  turn: z.number(),
  attempt: z.number(),
  created_at: time,
  answer_by: maybe,
  body: maybe,
  body_zip: bytes,
});

const Body: z.ZodType<OutgoingBody> = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("reply"),
    reply,
    earlier: text.optional(),
    secretsRemoved: z.number().optional(),
    isFarewell: z.literal(true).optional(),
  }),
  z.object({ type: z.literal("status") }),
  z.object({ type: z.literal("hand-off"), reply, document: HandOffSchema.optional() }),
]);

/** "4F7K.12": never the same twice, so that a chat can tell a repeated message by it. */
export function outgoingId(caseId: string, number: number): string {
  return `${caseId}.${number}`;
}

export function outgoingNumber(id: string): number {
  return Number(id.slice(id.lastIndexOf(".") + 1));
}

/** @returns the row as its new owner holds it. */
export async function readOutgoing(row: Row, owner: string): Promise<Claimed> {
  const out = OutboxRow.parse(row);
  return {
    id: outgoingId(out.case_id, out.number),
    caseId: out.case_id,
    place: { chat: out.chat, workspace: out.workspace, thread: out.thread },
    turn: out.turn,
    attempt: out.attempt,
    body: Body.parse(await unpack(out.body, out.body_zip)),
    answerBy: out.answer_by ?? undefined,
    owner,
    createdAt: out.created_at,
  };
}

/** One column of numbers, which may be empty. */
export function readNumber(row: Row | undefined, column: string): number | undefined {
  return maybeNumber.parse(row?.[column]) ?? undefined;
}

export function readText(row: Row | undefined, column: string): string | undefined {
  return maybeText.parse(row?.[column]) ?? undefined;
}

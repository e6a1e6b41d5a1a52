/** The thread that reads large pastes: one at a time, handed over piece by piece as they are asked for. */
import { parentPort } from "node:worker_threads";
import { asideOf } from "../bot/aside.ts";
import { conversationTools } from "../case/conversation-tools.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { createKeyedSecretTagger } from "../paste/keyed-tagger.ts";
import { type Piece, piecesOf } from "./in-pieces.ts";

/** Read this, or give the next piece of what was read. */
export type Order = { readonly key: Uint8Array; readonly caseId: string; readonly text: string } | "next";
/** "end": that was the last piece. */
export type Delivery = Piece | "end";

const knowledge = await loadKnowledge();
let pieces: Iterator<Piece> | undefined;

parentPort?.on("message", (order: Order) => {
  if (order !== "next") {
    const { key, caseId, text } = order;
    const tools = conversationTools(knowledge, createKeyedSecretTagger(key, caseId));
    pieces = piecesOf(asideOf(tools.read("", text)));
  }
  const next = pieces?.next();
  const delivery: Delivery = next === undefined || next.done ? "end" : next.value;
  parentPort?.postMessage(delivery);
});

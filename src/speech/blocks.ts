/** Blocks that every reply is made of. */
import type { Block, Choice } from "../domain/reply.ts";

export function text(words: string, tone?: "quiet"): Block {
  return { type: "text", text: words, tone };
}

export function choices(list: readonly Choice[]): Block {
  return { type: "choices", choices: list };
}

export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

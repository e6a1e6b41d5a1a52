import type { Inbound } from "../../src/domain/inbound.ts";

/** Recorded conversations, each as the messages of one case. */
export type Conversations = readonly (readonly Inbound[])[];

/** The same conversations in cases of their own. */
export function anew(conversations: Conversations, round: string | number): Conversations {
  return conversations.map((messages) =>
    messages.map((inbound) => ({
      ...inbound,
      deliveries: [`${round}:${inbound.deliveries[0]}`],
      place: { ...inbound.place, thread: `${round}/${inbound.place.thread}` },
    })),
  );
}

/** Plays them, `atOnce` at a time, each one's messages in order. @returns how many messages were heard */
export async function play(
  conversations: Conversations,
  atOnce: number,
  hear: (inbound: Inbound) => Promise<unknown>,
): Promise<number> {
  let heard = 0;
  let next = 0;
  const player = async () => {
    for (let messages = conversations[next++]; messages; messages = conversations[next++])
      for (const inbound of messages) {
        await hear(inbound);
        heard += 1;
      }
  };
  await Promise.all(Array.from({ length: atOnce }, player));
  return heard;
}

/** How a message of the outbox can be answered at once: kept with it as text until it is sent. */
import { z } from "zod";

const Answer = z.object({
  /** The application and the token of the interaction that is waiting, and until when it does. */
  app: z.string().optional(),
  token: z.string().optional(),
  until: z.number().optional(),
  /** The message that the case's thread is begun from, and whether it is our answer to the interaction. */
  begin: z.object({ channel: z.string(), message: z.string(), isOurs: z.boolean() }).optional(),
});
export type Answer = z.infer<typeof Answer>;

export function writeAnswer(answer: Answer): string {
  return JSON.stringify(answer);
}

/** What is damaged is none: the message then goes out as an ordinary one. */
export function readAnswer(kept: string | undefined): Answer {
  if (kept === undefined) return {};
  try {
    return Answer.parse(JSON.parse(kept));
  } catch {
    return {};
  }
}

/** The webhook to answer through, while it lives. */
export function webhookOf({ app, token, until = 0 }: Answer, now: number): { app: string; token: string } | undefined {
  return app !== undefined && token !== undefined && now < until ? { app, token } : undefined;
}

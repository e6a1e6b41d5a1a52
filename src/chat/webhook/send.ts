/** Hand-offs to a webhook: the document as JSON, signed, tried again by the outbox. */
import { createHmac } from "node:crypto";
import { CannotSend, type Outgoing, type Sender, SendLater } from "../../domain/chat.ts";

export const WEBHOOK = "webhook";

export interface WebhookTools {
  readonly url: string;
  readonly secret: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What no further try will mend: the receiver refuses this very document, or wants no more of them. */
const FINAL: ReadonlySet<number> = new Set([400, 410, 413, 415, 422]);

/**
 * "v1=" and the HMAC-SHA256, in hex, of the timestamp, a dot and the body: as docs/hand-off.md tells receivers.
 * @param seconds since 1970
 */
export function signatureOf(secret: string, seconds: number, body: string): string {
  return `v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}

export function createWebhookSender({ url, secret, now }: WebhookTools): Sender {
  return {
    chat: WEBHOOK,
    async send(outgoing: Outgoing, signal: AbortSignal): Promise<undefined> {
      const document = outgoing.body.type === "hand-off" ? outgoing.body.document : undefined;
      if (document === undefined) throw new CannotSend("there is no hand-off in it");
      const body = JSON.stringify(document);
      const seconds = Math.floor(now() / 1_000);
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "User-Agent": "TunnelMedic",
          // The same for each try: a receiver that saw it drops the repeat.
          "X-TunnelMedic-Delivery": outgoing.id,
          "X-TunnelMedic-Timestamp": `${seconds}`,
          "X-TunnelMedic-Signature": signatureOf(secret, seconds, body),
        },
        body,
        // Elsewhere the signature would be worth nothing, and the document not meant.
        redirect: "manual",
        signal,
      });
      await response.body?.cancel();
      if (response.ok) return undefined;
      // Neither the address nor what was answered: both may hold secrets.
      if (FINAL.has(response.status)) throw new CannotSend(`the webhook refused it: ${response.status}`);
      const wait = Number(response.headers.get("retry-after"));
      if (wait > 0 && wait <= LONGEST_WAIT) throw new SendLater(wait * 1_000, "the webhook asks to wait");
      throw new Error(`the webhook answered ${response.status}`);
    },
  };
}

/** Seconds; a receiver that asks for more is tried again with our own backoff. */
const LONGEST_WAIT = 3_600;

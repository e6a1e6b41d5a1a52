/** What was heard in a person's own words, said back. */
import type { PlatformId, Side, SymptomId } from "../domain/ids.ts";
import { platformName } from "../domain/platform-names.ts";
import type { Block } from "../domain/reply.ts";
import { text } from "./blocks.ts";
import { SYMPTOMS } from "./next-step.ts";

/** What a person may tell of a case. */
type Noted =
  | { readonly type: "symptom-said"; readonly symptom: SymptomId }
  | { readonly type: "platform-said"; readonly side: Side; readonly platform: PlatformId | "unknown" }
  | { readonly type: "peer-said"; readonly address: string };

/** That the complaint was heard, and what came with it; what is no such thing is not told. */
export function noted(events: readonly (Noted | { readonly type: string })[]): Block[] {
  const heard = events.flatMap((event) => (isNoted(event) ? (inWords(event) ?? []) : []));
  return [text(heard.length === 0 ? "All right." : `Noted: ${heard.join("; ")}.`)];
}

function isNoted(event: Noted | { readonly type: string }): event is Noted {
  return ["symptom-said", "platform-said", "peer-said"].includes(event.type);
}

function inWords(event: Noted): string | undefined {
  if (event.type === "peer-said") return `the peer is ${event.address}`;
  if (event.type === "platform-said") {
    const platform = platformName(event.platform);
    return platform && `${event.side === "local" ? "your end" : "the far end"} is ${platform}`;
  }
  if (event.symptom === "unknown") return undefined;
  const [first = "", ...rest] = SYMPTOMS[event.symptom];
  return `${first.toLowerCase()}${rest.join("")}`;
}

/** Answers to "is it safe?" and "it works again". */
import type { Reply } from "../domain/reply.ts";
import type { Ask } from "../domain/verdict.ts";
import { text } from "./blocks.ts";
import { nextStep } from "./next-step.ts";
import type { Standing } from "./standing.ts";

/** It works, and nobody saw why it did not. */
export function worksAgain(standing: Standing): Reply {
  if (standing.diagnosis.verdict.verdict === "healthy") return { blocks: [text("Good. That is what I read, too.")] };
  const words = "Good. I have not seen why it failed, so it may come back";
  if (standing.waiting.for !== "output") return { blocks: [text(`${words}.`)] };
  return { blocks: [text(`${words}; what I asked for still helps to find out.`), ...nextStep(standing).blocks] };
}

/** What is asked for, and what it does to a device that is in use. */
export function whetherSafe(standing: Standing): Reply {
  const [ask] = standing.waiting.for === "output" ? standing.diagnosis.verdict.asks : [];
  if (ask === undefined)
    return { blocks: [text("I am not asking for a command just now."), ...nextStep(standing).blocks] };
  return { blocks: [text(effectOf(ask)), ...nextStep(standing).blocks] };
}

function effectOf({ command, why }: Ask): string {
  if (/switched on/.test(why)) return "Reading it changes nothing; switching it on is another matter:";
  if (/\bdebug\b|\bloglevel\b|traceoptions|system logging|\bikev?\d?-debug\b|\{asa-debug/.test(command))
    return "It changes nothing of the tunnel, but a debug takes processor time: switch it on for one attempt only, and off as soon as you have it.";
  if (/\bcapture|tcpdump|sniffer|\bmonitor traffic/.test(command))
    return "It changes nothing of the tunnel; it copies packets, so stop it as soon as you have some.";
  if (/^\W*(?:execute |\/)?(?:ping|trace|tracepath|traceroute|mtr|packet-tracer|test)\b/.test(command))
    return "Yes: it sends a few test packets, and changes nothing.";
  return "Yes: it only shows what is there, and changes nothing.";
}

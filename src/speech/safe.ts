/** Answers to what people ask of a fix or a command before they dare: what is it, where, is it safe; and to "it works again". */
import type { NamedEnds } from "../domain/named-ends.ts";
import type { Reply } from "../domain/reply.ts";
import type { Ask, Finding, Risk } from "../domain/verdict.ts";
import { text } from "./blocks.ts";
import { speakFix } from "./diagnosis.ts";
import { nameOf } from "./names.ts";
import { nextStep } from "./next-step.ts";
import type { Standing } from "./standing.ts";

/** It works, and nobody saw why it did not. */
export function worksAgain(standing: Standing): Reply {
  if (standing.diagnosis.verdict.verdict === "healthy") return { blocks: [text("Good. That is what I read, too.")] };
  const words = "Good. I have not seen why it failed, so it may come back";
  if (standing.waiting.for !== "output") return { blocks: [text(`${words}.`)] };
  return { blocks: [text(`${words}; what I asked for still helps to find out.`), ...nextStep(standing).blocks] };
}

/** The fix that was told, once more. */
export function fixAgain(standing: Standing): Reply {
  const finding = foundIn(standing);
  if (finding === undefined) return { blocks: [text(NO_FIX), ...nextStep(standing).blocks] };
  return { blocks: [...speakFix(finding, standing.diagnosis.ends), ...nextStep(standing).blocks] };
}

/** At which end it is to be mended. */
export function whoseItIs(standing: Standing): Reply {
  const finding = foundIn(standing);
  if (finding === undefined) return { blocks: [text("That is not known yet."), ...nextStep(standing).blocks] };
  const { ends } = standing.diagnosis;
  const where = [...new Set(finding.fix.map(({ side }) => nameOf(side, ends)))];
  const isCompared = finding.differs.length > 0 || finding.side === "both";
  const first = isCompared ? "The two ends do not agree, and either could change. " : "";
  const place = where.length === 0 ? "" : `What I propose is done on ${where.join(" and ")}. `;
  const likely = finding.certainty === "confirmed" ? "" : "It is not sure yet. ";
  return { blocks: [text(`${first}${place}${likely}“hand over far” writes it up for the other end.`)] };
}

const NO_FIX = "There is no fix yet: I don't know the cause.";

/** The finding that the case rests on. */
export function foundIn({ diagnosis }: Standing): Finding | undefined {
  return diagnosis.verdict.verdict === "found" ? diagnosis.verdict.findings[0] : undefined;
}

const RISKS: Readonly<Record<Risk, string>> = {
  none: "does nothing to traffic",
  low: "is of low risk",
  "drops-this-tunnel": "takes this tunnel down while it renegotiates, and no other",
  "drops-other-tunnels": "takes other tunnels down, too: wait for a window",
};
const BY_RISK = ["none", "low", "drops-this-tunnel", "drops-other-tunnels"] as const satisfies readonly Risk[];

/** The riskiest step of each end decides. */
function riskOf(finding: Finding, ends: NamedEnds): string {
  const worst = new Map<string, Risk>();
  for (const { side, risk } of finding.fix) {
    const name = nameOf(side, ends);
    const before = worst.get(name) ?? "none";
    worst.set(name, BY_RISK.indexOf(risk) > BY_RISK.indexOf(before) ? risk : before);
  }
  const each = [...worst].map(([name, risk]) => `on ${name} it ${RISKS[risk]}`);
  return each.length === 0 ? "Its fix has no commands." : `The fix: ${each.join("; ")}.`;
}

/** What is asked for, or the fix, and what it does to a device that is in use. */
export function whetherSafe(standing: Standing): Reply {
  const finding = foundIn(standing);
  if (finding !== undefined && standing.waiting.for !== "verification")
    return { blocks: [text(riskOf(finding, standing.diagnosis.ends)), ...nextStep(standing).blocks] };
  const [ask] = standing.waiting.for === "output" ? standing.diagnosis.verdict.asks : [];
  if (ask === undefined)
    return { blocks: [text("I am not asking for a command just now."), ...nextStep(standing).blocks] };
  return { blocks: [text(effectOf(ask)), ...nextStep(standing).blocks] };
}

/** Whether a command switches on more logging than there is. */
export function isDebug(command: string): boolean {
  return /\bdebug\b|\bloglevel\b|traceoptions|system logging|\bikev?\d?-debug\b|\{asa-debug/.test(command);
}

/** Whether a device shows it only to whoever may change it, too: a debug, and the configuration of a Cisco. */
export function needsMoreRights({ command, platform }: Pick<Ask, "command" | "platform">): boolean {
  return (
    isDebug(command) ||
    (platform.startsWith("cisco-") && /^(?:show|more) (?:running|system:running|startup)/m.test(command))
  );
}

function effectOf({ command, why }: Ask): string {
  if (/switched on/.test(why)) return "Reading it changes nothing; switching it on is another matter:";
  if (isDebug(command))
    return "It changes nothing of the tunnel, but a debug takes processor time: switch it on for one attempt only, and off as soon as you have it.";
  if (/\bcapture|tcpdump|sniffer|\bmonitor traffic/.test(command))
    return "It changes nothing of the tunnel; it copies packets, so stop it as soon as you have some.";
  if (/^\W*(?:execute |\/)?(?:ping|trace|tracepath|traceroute|mtr|packet-tracer|test)\b/.test(command))
    return "Yes: it sends a few test packets, and changes nothing.";
  return "Yes: it only shows what is there, and changes nothing.";
}

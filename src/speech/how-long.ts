/** How long the tunnel is interrupted, as far as the case tells; no output says it in seconds. */
import type { Reply } from "../domain/reply.ts";
import type { Finding } from "../domain/verdict.ts";
import { text } from "./blocks.ts";
import { nextStep } from "./next-step.ts";
import { foundIn } from "./safe.ts";
import type { Standing } from "./standing.ts";

export function howLong(standing: Standing): Reply {
  const finding = foundIn(standing);
  const words =
    finding === undefined
      ? "When it is up again I can't tell: the cause is not known yet. What I ask for interrupts nothing."
      : interruptedBy(finding, isDown(standing));
  return { blocks: [text(words), ...nextStep(standing).blocks] };
}

/** The tunnel was seen without its SAs. */
function isDown({ diagnosis: { path } }: Standing): boolean {
  const stands = path.find(({ answer }) => answer !== true);
  return stands?.answer === false && (stands.stage === "ike-sa" || stands.stage === "ipsec-sa");
}

function interruptedBy({ fix }: Finding, isDownNow: boolean): string {
  const commands = fix.filter((step) => step.commands.length > 0);
  const risks = commands.map(({ risk }) => risk);
  if (commands.length === 0) return "The fix is no command of mine, so I can't tell what it interrupts.";
  const others = risks.includes("drops-other-tunnels") ? " It takes other tunnels down as well, for as long." : "";
  const renewal = commands.some(({ platform }) => platform === "aws")
    ? "AWS replaces the tunnel's endpoint for it, which takes some minutes."
    : "Once both ends agree, a new negotiation takes seconds, and begins when traffic comes; if they do not agree, it stays down.";
  if (isDownNow) return `It is down already, so the fix interrupts nothing more of it. ${renewal}${others}`;
  if (risks.includes("drops-this-tunnel") || others !== "") return `The fix takes the tunnel down. ${renewal}${others}`;
  return "The fix does not take the tunnel down.";
}

/** After a paste: what it held, what it showed, and the next step. */
import type { ReadOutput, ReadPaste } from "../domain/output.ts";
import { PLATFORM_NAMES } from "../domain/platform-names.ts";
import type { Block, Reply } from "../domain/reply.ts";
import type { Finding, Verdict } from "../domain/verdict.ts";
import { count, text } from "./blocks.ts";
import { speakChanges } from "./changes.ts";
import { speakCheck } from "./checked.ts";
import { commandWords } from "./command-words.ts";
import { pathBlock, speakAgain, speakFinding, speakRunning } from "./diagnosis.ts";
import { nameOf } from "./names.ts";
import { nextStep } from "./next-step.ts";
import type { Standing } from "./standing.ts";

/**
 * What a paste held: outputs, removed keys, lines that could not be read.
 * @param isOneOfSeveral several came at once: one of which nothing was read is named
 */
export function whatWasRead(paste: ReadPaste, { diagnosis }: Standing, isOneOfSeveral = false): Block[] {
  const side = diagnosis.verdict.pastes.find(({ name }) => name === paste.name)?.side ?? undefined;
  const from = side === undefined ? "" : ` from ${nameOf(side, diagnosis.ends)}`;
  const known = paste.outputs.filter(({ values }) => values.length > 0).map(({ command }) => commandWords(command));
  const names = [...new Set(known)];
  const isRead = names.length > 0;
  const which = isOneOfSeveral ? `${paste.name}: ` : "";
  const notes = [isRead ? `Read${from}: ${names.join(", ")}.` : `${which}${nothingRead(paste)}`];
  const unread = paste.outputs.flatMap((output: ReadOutput) => output.unread);
  if (paste.secretsRemoved > 0)
    notes.push(
      `I removed ${count(paste.secretsRemoved, "key or password", "keys or passwords")}; whoever saw the message has seen it, so better change it.`,
    );
  const blocks: Block[] = [{ type: "text", text: notes.join(" "), tone: isRead ? "quiet" : "plain" }];
  if (unread.length > 0)
    blocks.push({
      type: "list",
      label: `${count(unread.length, "line", "lines")} I could not read`,
      items: unread.slice(0, 3).map((line) => line.text.trim().slice(0, 120)),
    });
  return blocks;
}

function nothingRead(paste: ReadPaste): string {
  if (paste.trouble === "empty") return "There is nothing in it.";
  if (paste.trouble === "binary") return "That is not text; I read what the device prints, as text.";
  return begun(paste) ?? "I recognise no output in it.";
}

/** An output that was recognised, in which nothing could be read: mostly its rest is still to come. */
function begun({ outputs }: ReadPaste): string | undefined {
  const known = outputs.find(({ platform, command }) => platform !== "unknown" && command !== "unknown");
  if (known === undefined) return undefined;
  return known.command === "config"
    ? "That is the beginning of the configuration, with nothing in it yet that I can use. Paste the rest of it."
    : `That is ${commandWords(known.command)}, but there is nothing in it that I can use. Is it all there?`;
}

/** After a paste: the verdict if there is one, else what it showed and the next step. */
export function progress(_before: Standing, now: Standing): Block[] {
  const { diagnosis } = now;
  const { verdict, ends } = diagnosis;
  const changes = diagnosis.changes().filter(({ later }) => later === now.lastPaste?.name);
  const blocks: Block[] = [pathBlock(diagnosis), ...speakChanges(changes, ends), ...speakCheck(now)];
  const [best] = verdict.findings;
  if (verdict.verdict === "healthy") {
    blocks.push({
      type: "heading",
      mark: "healthy",
      text: now.fixTried ? "Fixed: the tunnel is healthy" : "The tunnel looks healthy",
    });
    blocks.push(...speakRunning(verdict.findings, ends));
  } else if (verdict.verdict === "found" && best) {
    // Its fix was told, and did not help: what it is and what speaks against it, without the commands.
    blocks.push(...(toldBefore(now, best) ? speakAgain(best) : speakFinding(best, ends)));
    if (verdict.findings.length > 1) blocks.push(alsoSeen(verdict));
  } else if (verdict.findings.length > 0) {
    const items = verdict.findings.slice(0, 4).map(({ title }) => title);
    blocks.push({ type: "list", label: "I won't guess; it can be", items });
  }
  return [...blocks, ...nextStep(now).blocks];
}

function toldBefore({ check }: Standing, { id }: Finding): boolean {
  return check?.finding === id && (check.outcome === "same" || check.outcome === "worse");
}

function alsoSeen({ findings }: Verdict): Block {
  return {
    type: "list",
    label: "Also seen",
    items: findings.slice(1).map(({ title, certainty }) => `${title} (${certainty})`),
  };
}

export function couldNotRead(paste: ReadPaste, given: string, standing: Standing): Reply {
  const next = nextStep(standing).blocks;
  return { blocks: [text(unreadableBecause(paste, given)), ...next] };
}

/** A device's command by itself, without prompt or output. */
const COMMAND = /^(?:sh|show|debug|ping|traceroute|clear|swanctl|ipsec)\s[^\n]{1,100}$/i;

function unreadableBecause(paste: ReadPaste, given: string): string {
  const other =
    paste.trouble === "other-platform" ? paste.outputs.find(({ platform }) => platform !== "unknown") : undefined;
  if (paste.trouble === "empty" || given.trim() === "") return "There was nothing in that paste.";
  if (paste.trouble === "binary") return "That is not text. Paste or attach what the device prints, as text.";
  if (other && other.platform !== "unknown")
    return `That looks like output of ${PLATFORM_NAMES[other.platform]}, which I can't read yet.`;
  if (COMMAND.test(given.trim())) return "I can't run commands myself. Run it on the router, and paste what it prints.";
  if (given.length < 200 && !given.trim().includes("\n"))
    return 'I did not understand that. Type "help" for what I understand, or paste what a command printed.';
  const unfinished = begun(paste);
  if (unfinished !== undefined) return unfinished;
  return "I could not recognise any output in that. Paste it with its prompt line, so that I see which command it is from.";
}

/** What happened in a case, one line each, with people and times. */
import type { HandOffDocument } from "../domain/hand-off.ts";
import { PLATFORM_NAMES } from "../domain/platform-names.ts";
import { commandWords } from "../speech/command-words.ts";
import { nameOf } from "../speech/names.ts";
import { SYMPTOMS } from "../speech/next-step.ts";
import type { Diagnosis } from "../verdict/diagnose.ts";
import type { CaseEvent } from "./events.ts";
import { calledIn } from "./people.ts";

export function timelineOf(events: readonly CaseEvent[], diagnosis: Diagnosis): HandOffDocument["timeline"] {
  return events.map((event) => ({
    at: event.at === undefined ? null : new Date(event.at).toISOString(),
    by: calledIn(event),
    what: wordsOf(event, diagnosis),
  }));
}

/** "debug:isakmp" and "config" are our own words for what has no command. */
function said(command: string): string {
  return commandWords(command.replace(/^debug:.{1,20}$/, "a debug"));
}

function wordsOf(event: CaseEvent, { ends, titles, verdict }: Diagnosis): string {
  switch (event.type) {
    case "symptom-said":
      return `reported: ${SYMPTOMS[event.symptom].toLowerCase()}`;
    case "platform-said":
      return event.platform === "unknown"
        ? "did not know the platform"
        : `said it is ${PLATFORM_NAMES[event.platform]}`;
    case "peer-said":
      return `said the peer is ${event.address}`;
    case "pasted":
    case "pasted-anew": {
      const commands = [
        ...new Set(event.paste.outputs.filter(({ values }) => values.length > 0).map(({ command }) => command)),
      ];
      const side = verdict.pastes.find(({ name }) => name === event.paste.name)?.side ?? undefined;
      const what = commands.length === 0 ? "something that could not be read" : commands.map(said).join(", ");
      const from = side === undefined ? "" : `, of ${nameOf(side, ends)}`;
      return `${event.type === "pasted" ? "pasted" : "edited"} ${event.paste.name}: ${what}${from}`;
    }
    case "forgotten":
      return `deleted ${event.paste}`;
    case "side-said":
      return `said that ${event.paste} is from ${event.side === "local" ? "our end" : "the far end"}`;
    case "cannot-run":
      return event.command === "*"
        ? `can't reach ${nameOf(event.side, ends)}`
        : `can't run ${event.command.split("\n").join("; ")} on ${nameOf(event.side, ends)}`;
    case "fix-tried":
      return `put in the fix for “${titles.get(event.finding) ?? event.finding}”`;
    case "undone":
      return "took the last step back";
    case "started-over":
      return "started over";
  }
}

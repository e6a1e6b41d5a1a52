/** What a person says of the tunnel in plain words, as events of the case. */
import { SIDES } from "../domain/ids.ts";
import type { ReadPaste } from "../domain/output.ts";
import type { ReadingValue } from "../domain/readings/index.ts";
import type { Knowledge } from "../knowledge/assemble.ts";
import { type Case, situationOf } from "./case.ts";
import type { ConversationTools } from "./conversation.ts";
import type { CaseEvent } from "./events.ts";
import { type Told, toldIn } from "./told.ts";

/** What a person's own words tell: the symptom, and whose ends are what. A log line says "tunnel is DOWN" too, and is a paste. */
export function saidOf(one: Case, text: string, tools: ConversationTools): CaseEvent[] {
  const shortly = isShort(text) ? tools.symptomFromWords(text) : undefined;
  const told = toldIn(text, shortly !== undefined);
  const heard = told === undefined ? shortly : tools.symptomFromWords(text);
  // "It does not work" takes nothing back of what was told before.
  const known = situationOf(one, tools.knowledge).diagnosis.tunnel.known.symptom;
  const symptom = heard === "unknown" && known !== undefined ? undefined : heard;
  const events = told === undefined ? [] : newlyTold(one, told, symptom !== undefined, tools.knowledge);
  if (symptom === undefined && events.length === 0) return [];
  const read = tools.read("line", text);
  const isOutput = read.outputs.some(({ command }) => command !== "unknown") && !isOnlyWords(read);
  if (read.secretsRemoved > 0 || isOutput) return [];
  return symptom === undefined ? events : [{ type: "symptom-said", symptom }, ...events];
}

/** Beside a symptom all that is told counts; by itself only what nobody said or showed before: people talk to each other, too. */
function newlyTold(one: Case, told: Told, isAll: boolean, knowledge: Knowledge): CaseEvent[] {
  const { tunnel } = situationOf(one, knowledge).diagnosis;
  const platforms = SIDES.flatMap((side): CaseEvent[] => {
    const platform = told.platforms[side];
    const isNew = platform !== undefined && (isAll || tunnel[side].platform === "unknown");
    return isNew && platform !== tunnel[side].platform ? [{ type: "platform-said", side, platform }] : [];
  });
  const isNewPeer = told.peer !== undefined && (isAll || (tunnel.known.peer ?? tunnel.focus.remote) === undefined);
  return isNewPeer && told.peer ? [...platforms, { type: "peer-said", address: told.peer }] : platforms;
}

/** One line of plain words: "ipsec problem since 2am" begins like a log's line, and no device's log says nothing else. */
export function isOnlyWords({ lines, outputs }: ReadPaste): boolean {
  const [line] = lines;
  if (line === undefined || lines.length > 1 || !/^[\p{L}\p{N} ',.!?-]{1,200}$/u.test(line.text)) return false;
  const isChatter = (value: ReadingValue) =>
    value.kind === "log" && value.attempts.length === 0 && value.events.length === 0;
  return outputs.every(({ values }) => values.every(isChatter));
}

function isShort(text: string): boolean {
  return text.length <= 200 && !text.includes("\n");
}

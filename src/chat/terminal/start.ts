/** The conversation in a terminal: lines in, replies out. */
import { createInterface } from "node:readline";
import { type Case, NEW_CASE, situationOf } from "../../case/case.ts";
import type { ConversationTools } from "../../case/conversation.ts";
import { endsPaste, hear, isCommand, mayEndPaste, open } from "../../case/converse.ts";
import { intentOf } from "../../case/intent.ts";
import { treeText } from "../../case/tree-text.ts";
import type { Reply } from "../../domain/reply.ts";
import { gatherer } from "./gather.ts";
import { asksBackAfterPaste, type LookingBack, lookingBackIn, type PastCases, withoutSlash } from "./past-cases.ts";
import { renderTerminal, type TerminalStyle } from "./render.ts";

/** After a blank line, this long without another line ends the paste. */
const PATIENCE_MS = 250;
const PATIENCE_AFTER_ONE_MS = 700;
/** Only a terminal has this word: elsewhere the picture stands beside the chat. */
const TREE = /^\s{0,4}(?:show )?(?:the )?(?:tree|picture)\s{0,4}$/i;
const BRACKETED_PASTE_ON = "\x1b[?2004h";
const BRACKETED_PASTE_OFF = "\x1b[?2004l";

export interface TerminalChat {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly style: TerminalStyle;
  readonly tools: ConversationTools;
  /** A case of the service that goes on here; absent: one that is kept nowhere. */
  readonly stored?: StoredCase | undefined;
  readonly past: PastCases;
}

export interface StoredCase {
  readonly case: Case;
  readonly opening: Reply;
  /** One message to the service's case, committed when it is answered. */
  hear(text: string): Promise<{ readonly case: Case; readonly reply: Reply }>;
}

/** Talks until the person leaves or the input ends. */
export function startTerminalChat({ input, output, style, tools, stored, past }: TerminalChat): Promise<void> {
  const onTerminal = input.isTTY === true && output.isTTY === true;
  let now: Case = stored?.case ?? NEW_CASE;
  const say = (reply: Reply): void => {
    output.write(`\n${renderTerminal(reply, style)}\n\n`);
  };
  const sayOf = async (one: Case, { blocks }: Reply) =>
    say({ blocks: [...(await past.earlier(situationOf(one, tools.knowledge))), ...blocks] });
  const lines = createInterface({ input, output: onTerminal ? output : undefined, terminal: onTerminal, prompt: "› " });
  /** Answers, one after the other. */
  let answering: Promise<void> = Promise.resolve();
  const answer = (work: () => Promise<void> | void) => {
    answering = answering.then(work).then(() => {
      if (onTerminal) lines.prompt();
    });
    // Whoever waits for the end is told; until then it is nobody's.
    answering.catch(() => lines.close());
  };
  async function showTree(): Promise<void> {
    const { rested, rest } = situationOf(now, tools.knowledge).diagnosis;
    const drawn = (await treeText({ rested, ended: rest.name })).trimEnd();
    const wordsAt = drawn.lastIndexOf("\n") + 1;
    output.write(`\n${drawn.slice(0, wordsAt).trimEnd()}\n`);
    say({ blocks: [{ type: "text", text: drawn.slice(wordsAt) }] });
  }
  async function hearStored(one: StoredCase, text: string): Promise<void> {
    const turn = await one.hear(text);
    now = turn.case;
    await sayOf(now, withOwnHelp(text, turn.reply));
  }
  const lookBack = async (asked: LookingBack) => say(await past.tell(asked));
  const gather = gatherer({
    patience: PATIENCE_MS,
    patienceAfterOne: PATIENCE_AFTER_ONE_MS,
    isCommand: (line) => {
      const text = withoutSlash(line);
      return text !== line || TREE.test(text) || lookingBackIn(text) !== undefined || isCommand(now, text, tools);
    },
    endsPaste: (text, before) =>
      !onTerminal &&
      mayEndPaste(before) &&
      (TREE.test(text) || asksBackAfterPaste(text) || endsPaste(now, text, tools)),
    message: (typed) => {
      const text = withoutSlash(typed);
      const asked = lookingBackIn(text);
      if (asked !== undefined) return answer(() => lookBack(asked));
      if (TREE.test(text)) return answer(showTree);
      if (stored !== undefined) {
        // Leaving here closes no case.
        if (intentOf(text)?.type === "leave") lines.close();
        else answer(() => hearStored(stored, text));
        return;
      }
      const turn = hear(now, text, { ...tools, said: { at: Date.now() } });
      now = turn.case;
      if (!turn.leaves) return answer(() => sayOf(turn.case, withOwnHelp(text, turn.reply)));
      answering = answering.then(() => say(turn.reply));
      lines.close();
    },
  });
  lines.on("line", gather.line);
  if (onTerminal) {
    output.write(BRACKETED_PASTE_ON);
    input.on("keypress", (_, key: { name?: string } | undefined) => {
      if (key?.name === "paste-start") gather.pasteBegins();
      if (key?.name === "paste-end") {
        const multiline = gather.isGathering();
        const rest = multiline ? lines.line : "";
        // Before the answer: its new prompt puts the cursor to the line's start, and what stands there would stay.
        if (multiline) lines.write(null, { ctrl: true, name: "u" });
        gather.pasteEnds(rest);
      }
    });
  }
  answer(() => sayOf(now, stored?.opening ?? open(tools).reply));
  return new Promise((resolve, reject) => {
    lines.on("close", () => {
      gather.end();
      if (onTerminal) output.write(BRACKETED_PASTE_OFF);
      answering.then(resolve, reject);
    });
  });
}

/** What only a terminal has words for. */
function withOwnHelp(text: string, { blocks }: Reply): Reply {
  if (intentOf(text)?.type !== "help") return { blocks };
  const items = [
    "tree: the way through the tree, as a picture",
    "cases [closed] [ADDRESS] [WORDS] [since 7d] · stats · search WORDS: the service's cases",
  ];
  return { blocks: [...blocks, { type: "list", label: "In the terminal", items }] };
}

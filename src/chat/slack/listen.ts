/** What is done with each thing that Bolt hands us. Whatever goes wrong, the person hears a sentence. */
import type { App } from "@slack/bolt";
import { StoreUnavailable } from "../../domain/chat.ts";
import { COMMIT_WITHIN_MS, within } from "./deliver-once.ts";
import { type Desk, sentence, type Telling, tell, threadOfCase } from "./desk.ts";
import { ActionSchema, CommandSchema, EventBodySchema, ShortcutSchema, SubmissionSchema } from "./events.ts";
import { failureFields } from "./failures.ts";
import { hearMessage, type Message, workspaceOf } from "./hear.ts";
import { showHome } from "./home.ts";
import { onCommand } from "./on-command.ts";
import { onMessage } from "./on-message.ts";
import { onPress } from "./on-press.ts";
import { onShortcut } from "./on-shortcut.ts";
import { onSubmit } from "./on-submit.ts";

export const COMMAND = "/ipsec";
export const MESSAGES = ["message", "app_mention"] as const;
export const HOME = "app_home_opened";

/** Before Slack's three seconds are over, with some to spare for the way back. */
const LATE_MS = COMMIT_WITHIN_MS - 300;

/** Messages; what comes again does so within seconds, mostly. */
const REMEMBERED = 2_000;

export function listen(app: App, desk: Desk): void {
  const seen = new Map<string, Promise<void>>();

  /**
   * A message comes as a message and as a mention, and again while it is still worked on: each waits for the same work,
   * and what is said aside is said once. The bot knows by itself what it had, also after a restart.
   */
  function once(message: Message): Promise<void> {
    const [first] = message.deliveries;
    const known = seen.get(first);
    if (known !== undefined) return known;
    const work = onMessage(desk, message);
    seen.set(first, work);
    work.catch(() => seen.delete(first));
    const [oldest] = seen.keys();
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return work;
  }

  for (const type of MESSAGES)
    app.event(type, async ({ body }) => {
      const message = hearMessage(EventBodySchema.parse(body), desk.self);
      if (message !== undefined) await once(message);
    });
  app.event(HOME, async ({ body }) => {
    const read = EventBodySchema.parse(body);
    const { event } = read;
    if ("user" in event && event.user !== undefined) await showHome(desk, workspaceOf(read), event.user);
  });

  app.command(COMMAND, async ({ body, ack }) => {
    const answered = await inTime(desk, onCommand(desk, CommandSchema.parse(body)));
    await ack(
      answered === undefined
        ? undefined
        : { response_type: "ephemeral", text: answered.text, blocks: [...answered.blocks] },
    );
  });
  app.action(/.*/, async ({ body, ack }) => {
    const action = ActionSchema.parse(body);
    // A link opens by itself.
    if (action.actions[0]?.action_id === "open-link") return ack();
    const pressed = await inTime(desk, onPress(desk, workspaceFrom(action, desk), action));
    await ack();
    if (action.container?.type === "view") await showHome(desk, workspaceFrom(action, desk), action.user.id);
    const telling = pressed !== undefined && "blocks" in pressed ? pressed : pressed?.telling;
    if (telling === undefined) return;
    const head = pressed !== undefined && "head" in pressed ? pressed.head : undefined;
    const channel = action.channel?.id;
    const thread =
      channel === undefined
        ? head && threadOfCase(head)
        : { channel, root: action.message?.thread_ts ?? action.message?.ts ?? "" };
    if (thread !== undefined) await tell(desk, thread, action.user.id, telling);
  });
  app.shortcut(/.*/, async ({ body, ack }) => {
    const shortcut = ShortcutSchema.parse(body);
    const answered = await inTime(desk, onShortcut(desk, workspaceFrom(shortcut, desk), shortcut));
    await ack();
    const thread = { channel: shortcut.channel.id, root: shortcut.message.thread_ts ?? "" };
    if (answered !== undefined) await tell(desk, thread, shortcut.user.id, answered);
  });
  app.view(/.*/, async ({ body, ack }) => {
    const submission = SubmissionSchema.parse(body);
    const submitted = await inTime(desk, onSubmit(desk, workspaceFrom(submission, desk), submission), "late");
    await answerForm(ack, submission, submitted);
  });
}

function workspaceFrom(
  { team }: { readonly team?: { readonly id: string } | null | undefined },
  { self }: Desk,
): string {
  return team?.id ?? self.teamId;
}

const NOT_KEPT = "I can't keep anything just now, so that did not count. Please try it again in a minute.";
const IS_LATE = "That takes longer than usual. If no answer comes within a minute, please do it once more.";

/** @returns what became of it, or what to tell where that is a failure or takes too long */
async function inTime<T>(desk: Desk, work: Promise<T>, late?: undefined): Promise<T | Telling>;
async function inTime<T>(desk: Desk, work: Promise<T>, late: "late"): Promise<T | Telling | "late">;
async function inTime<T>(desk: Desk, work: Promise<T>, late?: "late"): Promise<T | Telling | "late"> {
  const told = work.catch((error: unknown) => {
    desk.tools.log.warn({ chat: "slack", ...failureFields(error) }, "something was not done");
    return sentence(error instanceof StoreUnavailable ? NOT_KEPT : FAULT);
  });
  return within(told, LATE_MS, late ?? sentence(IS_LATE));
}

const FAULT =
  "That went wrong, through no fault of yours. Please try it again; whoever runs me finds the reason in my log.";

async function answerForm(
  ack: unknown,
  { view }: { readonly view: { readonly state: { readonly values: Readonly<Record<string, unknown>> } } },
  submitted: Awaited<ReturnType<typeof onSubmit>> | Telling | "late",
): Promise<void> {
  const answer = ack as (answer?: object) => Promise<void>;
  if (submitted === undefined) return answer();
  if (submitted === "late")
    return answer({
      response_action: "update",
      view: {
        type: "modal",
        title: { type: "plain_text", text: "One moment" },
        close: { type: "plain_text", text: "Close" },
        blocks: [
          {
            type: "section",
            text: {
              type: "plain_text",
              text: "I am still reading. The answer comes in the thread; you can close this.",
            },
          },
        ],
      },
    });
  // A failure is no field's; it is shown at the first one, and the form keeps what was typed.
  const [field = "text"] = Object.keys(view.state.values);
  const errors = "blocks" in submitted ? { [field]: (submitted as Telling).text } : submitted;
  return answer({ response_action: "errors", errors });
}

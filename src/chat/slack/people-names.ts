/** What people are called: events of messages name them by id only, which nobody knows outside Slack. */
import { setTimeout as sleep } from "node:timers/promises";
import type { webApi } from "@slack/bolt";
import type { Bot } from "../../domain/chat.ts";
import type { Inbound, Person } from "../../domain/inbound.ts";
import { refusalIn } from "./failures.ts";
import type { SlackTools } from "./settings.ts";

/** A name is as good as new for a day; where there was none, Slack is asked again after ten minutes. In milliseconds. */
const KEPT = 24 * 60 * 60_000;
const ASKED_AGAIN = 10 * 60_000;
/** What was said is not held up for longer; the name is known the next time. In milliseconds. */
const PATIENCE = 500;
const MOST = 10_000;

interface Known {
  readonly name: Promise<string | undefined>;
  /** Once it was told. */
  told?: { readonly name: string | undefined };
  until: number;
}

type NameTools = Pick<SlackTools, "now" | "log"> & { readonly client: Pick<webApi.WebClient, "users"> };

/** A bot that hears people by their names. */
export function withNames(bot: Bot, tools: NameTools): Bot {
  const named = createNames(tools);
  return {
    async hear(inbound) {
      const { content } = inbound;
      const to = content.type === "handed-to" ? await named(content.person) : undefined;
      const person = await named(inbound.person);
      const told: Inbound["content"] = to === undefined ? content : { type: "handed-to", person: to };
      return bot.hear({ ...inbound, person, content: told });
    },
  };
}

function createNames({ client, now, log }: NameTools): (person: Person) => Promise<Person> {
  const known = new Map<string, Known>();

  async function ask(user: string, entry: () => Known | undefined): Promise<string | undefined> {
    try {
      const { user: found } = await client.users.info({ user });
      const { display_name: shown, real_name: whole } = found?.profile ?? {};
      return [shown, whole, found?.real_name, found?.name].find((each) => each !== undefined && each !== "");
    } catch (error) {
      log.info({ chat: "slack", refusal: refusalIn(error) }, "Slack did not tell what somebody is called");
      const mine = entry();
      if (mine !== undefined) mine.until = now() + ASKED_AGAIN;
      return undefined;
    }
  }

  return async (person) => {
    if (person.name !== undefined || !/^[UW][A-Z0-9]+$/.test(person.id)) return person;
    let entry = known.get(person.id);
    if (entry === undefined || entry.until < now()) {
      if (known.size >= MOST) known.clear();
      const asked: Known = { name: ask(person.id, () => known.get(person.id)), until: now() + KEPT };
      void asked.name.then((name) => {
        asked.told = { name };
      });
      entry = asked;
      known.set(person.id, entry);
    }
    const { name } = entry.told ?? {
      name: await Promise.race([entry.name, sleep(PATIENCE, undefined, { ref: false })]),
    };
    return name === undefined ? person : { ...person, name };
  };
}

/** Whoever writes in Slack stands in what leaves Slack by a name. */
import { expect, it } from "vitest";
import { withNames } from "../../../src/chat/slack/people-names.ts";
import type { Inbound } from "../../../src/domain/inbound.ts";

const NAMES: Readonly<Record<string, object>> = {
  U0ASHA: { profile: { display_name: "Asha R.", real_name: "Asha Rao" } },
  U0BEN: { profile: { display_name: "", real_name: "Ben Okafor" } },
  U0ANON: { name: "anon" },
};

/** A bot that hears people by the names that this Slack tells; what it heard, and who was asked for. */
function heard(info: (user: string) => Promise<object> = async (user) => ({ user: NAMES[user] })) {
  const inbounds: Inbound[] = [];
  const asked: string[] = [];
  const clock = { now: 0 };
  const users = {
    info({ user }: { user: string }) {
      asked.push(user);
      return info(user);
    },
  };
  const tools = { client: { users }, now: () => clock.now, log: { info() {}, warn() {}, error() {} } };
  const bot = withNames(
    {
      async hear(inbound) {
        inbounds.push(inbound);
        return { outcome: "no-case" };
      },
    },
    tools as unknown as Parameters<typeof withNames>[1],
  );
  const say = async (id: string, content: Inbound["content"] = { type: "said", text: "so far" }, name?: string) => {
    const place = { chat: "slack", workspace: "T1", thread: "C1/1.1" };
    await bot.hear({ deliveries: ["slack:T1:1"], place, person: name ? { id, name } : { id }, at: 0, content });
    return inbounds.at(-1);
  };
  return { say, asked, clock };
}

it("a message carries the name that Slack shows, asked for once a day", async () => {
  const { say, asked, clock } = heard();
  expect((await say("U0ASHA"))?.person).toEqual({ id: "U0ASHA", name: "Asha R." });
  expect((await say("U0BEN"))?.person.name).toBe("Ben Okafor");
  expect((await say("U0ANON"))?.person.name).toBe("anon");
  expect((await say("U0ASHA", undefined, "asha"))?.person.name).toBe("asha");
  await say("U0ASHA");
  expect(asked).toEqual(["U0ASHA", "U0BEN", "U0ANON"]);
  clock.now = 25 * 3_600_000;
  await say("U0ASHA");
  expect(asked).toHaveLength(4);
});

it("whom a case is handed to has a name as well", async () => {
  const { say } = heard();
  const content = (await say("U0ASHA", { type: "handed-to", person: { id: "U0BEN" } }))?.content;
  expect(content).toEqual({ type: "handed-to", person: { id: "U0BEN", name: "Ben Okafor" } });
});

it("where Slack refuses or takes its time, the message is heard all the same", async () => {
  const refusing = heard(async () => {
    throw new Error("missing_scope");
  });
  expect((await refusing.say("U0ASHA"))?.person).toEqual({ id: "U0ASHA" });
  await refusing.say("U0ASHA");
  expect(refusing.asked, "not with every message").toHaveLength(1);
  refusing.clock.now = 11 * 60_000;
  await refusing.say("U0ASHA");
  expect(refusing.asked).toHaveLength(2);
  const slow = heard(() => new Promise(() => {}));
  expect((await slow.say("U0ASHA"))?.person).toEqual({ id: "U0ASHA" });
  expect((await slow.say("unknown"))?.person).toEqual({ id: "unknown" });
});

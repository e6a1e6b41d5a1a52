import { type APIMessage, MessageType } from "discord.js";
import { describe, expect, it } from "vitest";
import {
  besideFiles,
  deletionOf,
  editOf,
  isAddressed,
  isSaid,
  isWithheld,
  looksPasted,
  type Me,
  namesOthers,
  type SeenMessage,
  saidIn,
  wordsOf,
} from "../../../src/chat/discord/hear.ts";
import { placeInThread } from "../../../src/chat/discord/place.ts";
import { messageShape, userShape } from "./peer/shapes.ts";

const me: Me = { id: "900", roleIn: () => "901" };
const asha = userShape("100", "Asha");
const place = placeInThread("1", "20");
const AT = "2026-11-26T23:00:00.000Z";

function message(content: string, more: Partial<SeenMessage> = {}): SeenMessage {
  const shape: APIMessage = messageShape("300", "20", asha, AT);
  return { ...shape, guild_id: "1", content, ...more } as SeenMessage;
}
const ATTACHED = { id: "1", filename: "hub.txt", size: 3, url: "https://x", proxy_url: "https://x" };

describe("a message", () => {
  it("is heard with who said it, when, and where", () => {
    expect(
      saidIn(
        message("show crypto isakmp sa", { member: { nick: "asha@noc" } }),
        { place, files: [], addressed: true },
        me,
      ),
    ).toEqual({
      deliveries: ["discord:message:300"],
      place: { chat: "discord", workspace: "1", thread: "20" },
      person: { id: "100", name: "asha@noc" },
      at: Date.parse(AT),
      content: { type: "said", text: "show crypto isakmp sa", message: "300" },
    });
  });

  it("of ours, of other bots, of webhooks and of Discord itself is not heard", () => {
    expect(isSaid(message("x"), me)).toBe(true);
    expect(isSaid(message("x", { author: { ...asha, id: me.id } }), me)).toBe(false);
    expect(isSaid(message("x", { author: userShape("2", "Logs", true) }), me)).toBe(false);
    expect(isSaid(message("x", { webhook_id: "5" }), me)).toBe(false);
    for (const type of [MessageType.ThreadStarterMessage, MessageType.ChannelPinnedMessage, MessageType.UserJoin])
      expect(isSaid(message("x", { type }), me)).toBe(false);
  });

  it("is said to us by a mention, of the bot or of its role, by a reply, or in direct messages", () => {
    expect(isAddressed(message("hello"), me)).toBe(false);
    expect(isAddressed(message("<@900> hello", { mentions: [userShape("900", "TunnelMedic", true)] }), me)).toBe(true);
    expect(isAddressed(message("<@&901> hello", { mention_roles: ["901"] }), me)).toBe(true);
    const ours = messageShape("299", "20", userShape("900", "TunnelMedic", true), AT);
    expect(isAddressed(message("yes", { type: MessageType.Reply, referenced_message: ours }), me)).toBe(true);
    expect(isAddressed(message("hello", { guild_id: undefined }), me)).toBe(true);
  });

  it("is said to somebody else where it mentions others, or replies to them", () => {
    const ravi = userShape("101", "Ravi");
    const replied = (to: APIMessage | null) => message("yes", { type: MessageType.Reply, referenced_message: to });
    expect(namesOthers(message("<@101> done", { mentions: [ravi] }), me)).toBe(true);
    expect(namesOthers(message("@here done", { mention_everyone: true }), me)).toBe(true);
    expect(namesOthers(message("<@&555> done", { mention_roles: ["555"] }), me)).toBe(true);
    expect(namesOthers(replied(messageShape("299", "20", ravi, AT)), me)).toBe(true);
    expect(namesOthers(replied(messageShape("299", "20", asha, AT)), me)).toBe(false);
    expect(namesOthers(replied(null), me)).toBe(false);
    expect(namesOthers(message("<@&901> done", { mention_roles: ["901"] }), me)).toBe(false);
    expect(namesOthers(message("done"), me)).toBe(false);
  });

  it("loses the mention and nothing else; what was pasted keeps every character", () => {
    expect(wordsOf(message("<@!900> tunnel down"), me)).toBe("tunnel down");
    expect(wordsOf(message("<@&901>\n```\nHUB#sh cry isa sa\n```"), me)).toBe("\n```\nHUB#sh cry isa sa\n```");
    const pasted = " R1\\#sh run | i crypto\n  set peer 192.0.2.1 <#123> <@777>";
    expect(wordsOf(message(pasted), me)).toBe(pasted.trimStart());
  });

  it("is output rather than chatter by its length, its fence or its file", () => {
    expect(looksPasted(message("are you on it?\nyes"))).toBe(false);
    expect(looksPasted(message("```\nx\n```"))).toBe(true);
    expect(looksPasted(message("a\nb\nc"))).toBe(true);
    expect(looksPasted(message("", { attachments: [ATTACHED] }))).toBe(true);
  });

  it("that came with its beginning beside message.txt is said once", () => {
    const files = [{ name: "message.txt", text: "HUB#sh cry isa sa\ndst src state\n" }];
    expect(besideFiles("HUB#sh cry isa sa\ndst…", files)).toBe("");
    expect(besideFiles("from the hub", files)).toBe("from the hub");
    expect(besideFiles("", files)).toBe("");
  });

  it("that we may not read is told from one that holds something else", () => {
    expect(isWithheld(message(""))).toBe(true);
    expect(isWithheld(message("", { attachments: [ATTACHED] }))).toBe(false);
    expect(isWithheld(message("", { sticker_items: [{ id: "1", name: "s", format_type: 1 }] }))).toBe(false);
  });
});

describe("an edit", () => {
  it("is heard once for each time it was edited", () => {
    const edited = message("new", { edited_timestamp: "2026-11-26T23:05:00.000Z" });
    expect(editOf(edited, place, me)).toMatchObject({
      deliveries: ["discord:edit:300:2026-11-26T23:05:00.000Z"],
      content: { type: "edited", message: "300", text: "new" },
    });
  });

  it("is none where Discord unfolded a link, where it is ours, or where a file was what we read", () => {
    expect(editOf(message("same"), place, me)).toBeUndefined();
    const at = "2026-11-26T23:05:00.000Z";
    expect(editOf(message("x", { edited_timestamp: at, author: { ...asha, id: me.id } }), place, me)).toBeUndefined();
    expect(editOf(message("x", { edited_timestamp: at, attachments: [ATTACHED] }), place, me)).toBeUndefined();
  });
});

it("a deletion names the message, once", () => {
  expect(deletionOf("300", place, 5)).toMatchObject({
    deliveries: ["discord:delete:300"],
    at: 5,
    content: { type: "deleted", message: "300" },
  });
});

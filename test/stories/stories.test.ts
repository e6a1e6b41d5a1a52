/** Verification, hand-off, transfer, pictures, looking back, explaining: each told once, and played through every chat. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOT_HERE } from "../chat/slack/peer/local-slack.ts";
import { type AllChats, startAllChats } from "./all-chats.ts";
import { type ChatName, playStory, STORIES, STORIES_THROUGH_ALL, type Story } from "./story.ts";

/** Each chat has another network, so that a peer's earlier cases are that chat's. */
const NETWORKS: Readonly<Record<ChatName, Readonly<Record<string, string>>>> = {
  terminal: {},
  web: { HUB: "DC1-VPN-A", SPOKE: "BR-0417", "30.3.1.1": "192.0.2.1", "40.10.1.1": "198.51.100.7" },
  slack: { HUB: "pe-core", SPOKE: "cpe2291", "30.3.1.1": "10.255.255.1", "40.10.1.1": "172.31.200.9" },
  discord: { HUB: "Oslo-1", SPOKE: "Pune-2", "30.3.1.1": "203.0.113.5", "40.10.1.1": "198.51.100.77" },
};

let all: AllChats;
beforeAll(async () => {
  all = await startAllChats();
});
afterAll(async () => {
  await all.close();
});

const named = (stories: readonly Story[]) => stories.map((story) => [`${story.theme}: ${story.title}`, story] as const);
const NAMES = Object.keys(NETWORKS) as ChatName[];
describe.each(NAMES)("in %s", (name) => {
  it.skipIf(name === "slack" && NOT_HERE !== undefined).each(named(STORIES))("%s", (_, story) =>
    playStory(story, all.chats, NETWORKS[name], name),
  );
});

it.skipIf(NOT_HERE !== undefined).each(named(STORIES_THROUGH_ALL))("%s", (_, story) =>
  playStory(story, all.chats, {}, story.begins ?? "web"),
);

it("Slack and Discord took all of it", () => {
  expect(all.problems()).toEqual([]);
});

/** Buttons of questions that are over go, without a call that anybody would wait for. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { paragraph, words } from "../../../src/chat/slack/block-kit.ts";
import { choiceBlocks } from "../../../src/chat/slack/choices.ts";
import { createQuestions, type Shown } from "../../../src/chat/slack/questions.ts";

const THREAD = { channel: "C0NET", root: "1.0" };
let updates: { ts: string; text: string }[];
let isRoom: boolean;
let spent: number;

function questions() {
  const update = async ({ ts, blocks }: { ts: string; blocks: unknown }) => {
    updates.push({ ts, text: JSON.stringify(blocks) });
    return { ok: true };
  };
  return createQuestions({
    client: { chat: { update } } as never,
    spare() {
      if (isRoom) spent += 1;
      return isRoom;
    },
    log: { info() {}, warn() {} },
  });
}

function asked(ts: string, caseId = "7F3K"): Shown {
  const choices = [
    { id: "cannot", label: "Can't run that" },
    { id: "so-far", label: "So far" },
  ];
  const { blocks } = choiceBlocks(choices, { caseId, turn: 3 });
  return { channel: "C0NET", ts, text: "Run it.", blocks: [paragraph(words("Run it.")), ...blocks] };
}

beforeEach(() => {
  vi.useFakeTimers();
  updates = [];
  isRoom = true;
  spent = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

it("the question before the present one loses its buttons, once Slack has room for it; the present one keeps them", async () => {
  const here = questions();
  isRoom = false;
  here.sent("7F3K", THREAD, asked("1.1"));
  here.sent("7F3K", THREAD, asked("1.2"));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(updates).toEqual([]);
  isRoom = true;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(updates.map(({ ts }) => ts)).toEqual(["1.1"]);
  expect(updates[0]?.text).toContain("Run it.");
  expect(updates[0]?.text).not.toContain("Can't run that");
  expect(spent).toBe(1);
});

it("what was pressed stands there instead of the buttons, at once, and is not taken away again", async () => {
  const here = questions();
  here.sent("7F3K", THREAD, asked("1.1"));
  here.pressed(asked("1.1"), "cannot", "UASHA");
  here.sent("7F3K", THREAD, asked("1.2"));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(updates.map(({ ts }) => ts)).toEqual(["1.1"]);
  expect(updates[0]?.text).toContain("✓ Can't run that");
  expect(updates[0]?.text).toContain("UASHA");
  expect(updates[0]?.text).not.toContain("So far");
  // Pressed too late, it was not chosen.
  here.pressed(asked("0.9"), "cannot", undefined);
  await vi.advanceTimersByTimeAsync(0);
  expect(updates[1]?.text).not.toContain("Can't run that");
});

it("a message that asks nothing leaves the question as it is; a case that is closed or gone takes it away", async () => {
  const here = questions();
  here.sent("7F3K", THREAD, asked("1.1"));
  here.sent("7F3K", THREAD, { ...asked("1.2"), blocks: [paragraph(words("So far: nothing."))] });
  here.sent("8G4M", THREAD, asked("2.1", "8G4M"));
  here.over("8G4M", { channel: "C0NET", root: "another" });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(updates).toEqual([]);
  here.over("7F3K");
  here.over("8G4M", THREAD);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(updates.map(({ ts }) => ts)).toEqual(["1.1", "2.1"]);
});

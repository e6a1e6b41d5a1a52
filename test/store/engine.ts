/** What the suite of the store needs of an engine, and the words its tests are written in. */
import type { Reply } from "../../src/domain/reply.ts";
import type { Decision, NewTurn, Store, Taken, Taking } from "../../src/store/store.ts";

/** A database of its own for one test. */
export interface TestDatabase {
  /** Opens it once more, as another process would; `now` replaces the clock. */
  open(now?: () => number): Promise<Store>;
  /** Everything that is open on it is closed, and it is removed. */
  remove(): Promise<void>;
}
export type NewDatabase = () => Promise<TestDatabase>;

export const DAY = 24 * 3_600_000;

/** A clock that moves when told. */
export function handClock(start = 1_800_000_000_000) {
  let time = start;
  return Object.assign(() => time, {
    pass(ms: number): void {
      time += ms;
    },
  });
}

let count = 0;

/** A message as a chat hands it over; ids are new each time unless given. */
export function message(given: Partial<Taking> & { readonly thread?: string } = {}): Taking {
  count += 1;
  const { thread = `C0${count}/1733.${count}`, ...rest } = given;
  return {
    deliveries: [`slack:T1:Ev${count}`],
    place: { chat: "slack", workspace: "T1", thread },
    person: { id: "U7", name: "Ada" },
    at: 1_799_999_000_000 + count,
    opens: true,
    ...rest,
  };
}

export function reply(text: string): Reply {
  return { blocks: [{ type: "text", text }] };
}

export function turn(text: string, given: Partial<NewTurn> = {}): NewTurn {
  return { echo: text, events: [{ type: "said", text }], reply: reply(`heard ${text}`), ...given };
}

/** A turn with its reply in the outbox. */
export function answered(text: string, given: Partial<NewTurn> = {}): Decision {
  return { turn: turn(text, given), outbox: [{ body: { type: "reply", reply: reply(`heard ${text}`) } }] };
}

/** The case's id; fails where the message was not taken. */
export function caseOf(taken: Taken): string {
  if (taken.outcome !== "taken") throw new Error(`not taken but ${taken.outcome}`);
  return taken.head.id;
}

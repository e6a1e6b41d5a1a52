import { describe, expect, it } from "vitest";
import { readConversations, readNetworks } from "./scenarios.ts";
import { play } from "./scenarios-play.ts";

const networks = readNetworks();
const conversations = readConversations();
const files = [...new Set(conversations.map(({ file }) => file))];

it("is played as at least two other networks", () => {
  expect(Object.keys(networks).length).toBeGreaterThanOrEqual(2);
});

for (const file of files) {
  describe(file, () => {
    for (const one of conversations.filter((item) => item.file === file)) {
      const all = { "as written": {}, ...networks, ...one.variants };
      const fault = one["known-fault"];
      if (fault === undefined) it.each(Object.entries(all))(`${one.title} (%s)`, (_, network) => play(one, network));
      else
        it(`${one.title}: known fault, ${fault}`, () => {
          expect(() => {
            for (const network of Object.values(all)) play(one, network);
          }, "it works now: take the known-fault away").toThrow("--- said ---");
        });
    }
  });
}

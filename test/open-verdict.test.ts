import { expect, it } from "vitest";
import { speakVerdict } from "../src/speech/diagnosis.ts";
import { readCases } from "./accuracy/case.ts";
import { run } from "./accuracy/judge.ts";

const ikeUpOnly = readCases().find(({ name }) => name === "ike-up-no-ipsec");
if (!ikeUpOnly) throw new Error("the labelled case is gone");

function canBe(cannot: readonly { side: "local" | "remote"; command: string }[]): readonly string[] {
  const { blocks } = speakVerdict(run({ ...(ikeUpOnly as NonNullable<typeof ikeUpOnly>), cannot: [...cannot] }));
  const list = blocks.find((block) => block.type === "list" && block.label === "It can be one of");
  return list?.type === "list" ? list.items : [];
}

it("an IKE SA without IPsec SAs, seen from one end: what it can be is listed, each with the look that would tell", () => {
  expect(canBe([])).toEqual([
    "The crypto ACLs are not mirrors of each other (possible); show crypto map on DELFT would tell",
    "The transform sets have no pair in common (possible); show crypto ipsec transform-set on DELFT would tell",
    "The ends disagree on perfect forward secrecy (possible); show crypto map on DELFT would tell",
    "The crypto map has no entry for this peer (possible); show crypto map on DELFT would tell",
  ]);
});

it("what can't be run there is not what would tell", () => {
  const items = canBe([{ side: "local", command: "show crypto map" }]);
  expect(items[0]).toBe(
    "The crypto ACLs are not mirrors of each other (possible); show crypto map on 198.51.100.22 would tell",
  );
  expect(items.join("\n")).not.toContain("show crypto map on DELFT");
});

import { describe, expect, it } from "vitest";
import { outline, wayTo } from "../../../flows/outline.ts";
import { restOf, siteToSite, type TreeAnswers, walk } from "../../../flows/site-to-site.ts";
import { drawTree, inWords, treeStates } from "../../../src/case/tree-picture.ts";
import { treeText } from "../../../src/case/tree-text.ts";
import { treeSvg } from "../../../src/chat/web/tree.ts";

const COLOURS = { walked: "#111111", walkedLine: "#222222", rest: "#333333", restLine: "#444444", text: "#555555" };
const THREE = [true, false, undefined] as const;

/** Every way that answers can go. */
const ANSWERS: TreeAnswers[] = THREE.flatMap((ikeSaIsUp) =>
  THREE.flatMap((ipsecSaIsUp) =>
    THREE.flatMap((trafficFlowsBothWays) =>
      THREE.flatMap((peerAnswers) =>
        THREE.map((packetsPassTheirChecks) => ({
          somethingIsKnown: true,
          ikeSaIsUp,
          ipsecSaIsUp,
          trafficFlowsBothWays,
          peerAnswers,
          packetsPassTheirChecks,
        })),
      ),
    ),
  ),
);

describe("the tree's picture", () => {
  it("has every state and guard of the machine, read off it", () => {
    const { states, steps, fromAnywhere } = outline();
    expect(states.map(({ name }) => name)).toEqual(Object.keys(siteToSite.config.states ?? {}));
    const guards = Object.keys(siteToSite.implementations.guards);
    expect([...steps, ...fromAnywhere].flatMap(({ when }) => when || []).sort()).toEqual(guards.sort());
  });

  it("marks the very way that the machine walks, whatever is answered", () => {
    for (const answers of ANSWERS) {
      const rested = restOf(walk(answers)).name;
      const way = wayTo(rested, outline());
      expect(way[0]).toBe("symptoms");
      expect(way.at(-1)).toBe(rested);
      // Each step of the way is one whose guard holds.
      for (const [index, from] of way.slice(0, -1).entries()) {
        const step = outline().steps.find((one) => one.from === from && one.to === way[index + 1]);
        const question = (step?.when ?? "") as keyof TreeAnswers;
        if (answers[question] !== undefined) expect(answers[question]).toBe(true);
      }
      const { mermaid } = drawTree(rested, rested, COLOURS);
      expect([...mermaid.matchAll(/class (\w+) (?:walked|rest)$/gm)].map(([, name]) => name)).toEqual(way);
      expect(mermaid.match(/linkStyle/g) ?? []).toHaveLength(way.length - 1);
    }
  });

  it("shows what weighing the findings led to", () => {
    const { mermaid, words } = drawTree("noIkeSa", "advice", COLOURS);
    expect(mermaid).toContain("noIkeSa -.->|cause is found| advice");
    expect(mermaid).toContain("class advice rest");
    expect(words).toBe("The tree: something is known, then IKE SA is down, then cause is found. It rests at: advice.");
  });

  it("spells names as people do", () => {
    expect(treeStates().map(inWords)).toEqual(expect.arrayContaining(["no IKE SA", "IPsec SA", "hand over"]));
  });

  it("is drawn for every state in both themes, names no other server, and says in words what it shows", async () => {
    for (const rested of ["symptoms", "noIpsecSa", "replay", "healthy"])
      for (const theme of ["light", "dark"] as const) {
        const svg = await treeSvg({ rested, ended: rested }, theme);
        expect(svg).toMatch(/^<svg role="img" aria-label="The tree: [^"<]+"/);
        expect(svg.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|@import|<script|url\(['"]?[^#]/);
      }
  });

  it("is drawn in characters too", async () => {
    const text = await treeText({ rested: "noIpsecSa", ended: "noIpsecSa" });
    expect(text).toContain("* IKE SA?");
    expect(text).toContain("> no IPsec SA");
    expect(text).not.toContain("* routing");
  });
});

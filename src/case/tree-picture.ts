/** The tree with the way that a case took through it, as Mermaid source and in words. */
import { type Outline, outline, wayTo } from "../../flows/outline.ts";

export interface TreePicture {
  /** A Mermaid flowchart. */
  readonly mermaid: string;
  /** What the picture shows, for those who can't see it. */
  readonly words: string;
}

/** Colours of the marks, by what the picture is drawn on. */
export interface TreeColours {
  readonly walked: string;
  readonly walkedLine: string;
  readonly rest: string;
  readonly restLine: string;
  readonly text: string;
}

/**
 * @param rested the state in which the walk came to rest, before the findings were weighed
 * @param ended the state that weighing them led to; the same one where it led nowhere
 */
export function drawTree(rested: string, ended: string, colours: TreeColours): TreePicture {
  const tree = outline();
  const way = wayTo(rested, tree);
  const concluded = ended !== rested ? tree.fromAnywhere.find(({ to }) => to === ended) : undefined;
  const walked = concluded ? [...way, ended] : way;
  const steps = [
    ...tree.steps.map((step) => ({ ...step, arrow: "-->" })),
    ...(concluded ? [{ from: rested, ...concluded, arrow: "-.->" }] : []),
  ];
  const shown = tree.states.filter(({ name }) => name === tree.start || steps.some(({ to }) => to === name));
  const isWalked = ({ from, to }: { from: string; to: string }) =>
    walked.includes(from) && walked[walked.indexOf(from) + 1] === to;
  const lines = [
    "flowchart TD",
    ...shown.map(({ name, rests }) => `  ${name}${rests === "asking" ? `[${inWords(name)}?]` : `(${inWords(name)})`}`),
    ...steps.map(({ from, to, when, arrow }) => `  ${from} ${arrow}|${shortly(when, from)}| ${to}`),
    `  classDef walked fill:${colours.walked},stroke:${colours.walkedLine},color:${colours.text}`,
    `  classDef rest fill:${colours.rest},stroke:${colours.restLine},color:${colours.text},stroke-width:2px`,
    ...walked.slice(0, -1).map((name) => `  class ${name} walked`),
    ...walked.slice(-1).map((name) => `  class ${name} rest`),
    ...steps.flatMap((step, index) =>
      isWalked(step) ? [`  linkStyle ${index} stroke:${colours.walkedLine},stroke-width:2px`] : [],
    ),
  ];
  return { mermaid: `${lines.join("\n")}\n`, words: tellWay(walked, steps, tree) };
}

/** The same for a picture in characters, which has room for neither guards nor colours: "*" is on the way, ">" rests. */
export function drawTreeInCharacters(rested: string): string {
  const tree = outline();
  const way = wayTo(rested, tree);
  const mark = (name: string) => (name === rested ? "> " : way.includes(name) ? "* " : "");
  const shown = tree.states.filter(({ name }) => name === tree.start || tree.steps.some(({ to }) => to === name));
  return [
    "flowchart TD",
    ...shown.map(({ name, rests }) => `  ${name}[${mark(name)}${inWords(name)}${rests === "asking" ? "?" : ""}]`),
    ...tree.steps.map(({ from, to }) => `  ${from} --> ${to}`),
  ].join("\n");
}

function tellWay(
  walked: readonly string[],
  steps: readonly { from: string; to: string; when: string }[],
  { start }: Outline,
): string {
  const told = walked.slice(1).map((to, index) => {
    const step = steps.find((one) => one.from === walked[index] && one.to === to);
    return inWords(step?.when ?? "");
  });
  const end = inWords(walked.at(-1) ?? start);
  return `The tree: ${told.length === 0 ? "not walked yet" : told.join(", then ")}. It rests at: ${end}.`;
}

/** "noIkeSa" → "no IKE SA": the machine's own names, spelt as people write them. */
export function inWords(name: string): string {
  return name
    .replace(/([A-Z])/g, " $1")
    .toLowerCase()
    .replace(/\bike\b/g, "IKE")
    .replace(/\bipsec\b/g, "IPsec")
    .replace(/\bsa\b/g, "SA")
    .trim();
}

/** A guard's words without what the state that it leaves says already: "IKE SA is up" out of "IKE SA" → "up". */
function shortly(when: string, from: string): string {
  const words = inWords(when);
  const state = `${inWords(from)} is `;
  return words.startsWith(state) ? words.slice(state.length) : words;
}

/** The names of all states. */
export function treeStates(): string[] {
  return outline().states.map(({ name }) => name);
}

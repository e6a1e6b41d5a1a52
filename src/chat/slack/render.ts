/** Reply → one Slack message and its files; within Slack's limits whatever the reply holds. */
import type { Picture } from "../../domain/picture.ts";
import type { Block, Choice, Reply } from "../../domain/reply.ts";
import type { Risk } from "../../domain/verdict.ts";
import { evidenceLines } from "../../speech/evidence-lines.ts";
import { forNotification, verdictFirst } from "../../speech/order.ts";
import { bullets, header, paragraph, preformatted, type SlackBlock, smallPrint, words } from "./block-kit.ts";
import { choiceBlocks, type OfCase } from "./choices.ts";
import { FALLBACK_TEXT, HEADER_TEXT, MESSAGE_BLOCKS, MESSAGE_CHARACTERS, SECTION_TEXT } from "./limits.ts";
import { pathLine } from "./path-line.ts";
import { HEADING_MARKS, plainText } from "./plain.ts";
import { tableLines } from "./table.ts";
import { escaped, pieces, sendable, shortened } from "./words.ts";

export interface RenderedFile {
  readonly name: string;
  readonly text: string;
  /** It is sent as a picture; `text` are its words. */
  readonly picture?: Picture | undefined;
}
export interface Rendered {
  /** For notifications and readers that show no blocks. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly files: readonly RenderedFile[];
}

const RISKS: Readonly<Record<Risk, string>> = {
  none: "no risk",
  low: "low risk",
  "drops-this-tunnel": "drops this tunnel while it renegotiates",
  "drops-other-tunnels": "⚠ drops other tunnels too",
};

/** Room for the sign that something goes on in a file, and for labels. */
const TEXT = SECTION_TEXT - 500;
/** Of what goes into a file, so many lines are shown. */
const SHOWN_LINES = 8;
/** Kept free for the choices and for what is added to a reply when it is sent. */
const BLOCKS = MESSAGE_BLOCKS - 8;
const CHARACTERS = MESSAGE_CHARACTERS - 4_500;
/** More questions than one are not asked at once. */
const MOST_CHOICES = 2;

/** @param of the case and turn that its choices belong to; without it, they are only said in words */
export function renderReply(reply: Reply, of: OfCase | undefined): Rendered {
  const files: RenderedFile[] = [];
  const shown: SlackBlock[] = [];
  const beyond: Block[] = [];
  let characters = 0;
  let questions = 0;
  const queue = verdictFirst(reply.blocks);
  for (let block = queue.shift(); block !== undefined; block = queue.shift()) {
    if (block.type === "choices" && of !== undefined && questions < MOST_CHOICES) {
      questions += 1;
      const { blocks, left } = choiceBlocks(block.choices, of, questions);
      shown.push(...blocks);
      queue.unshift(...inWords(left));
      continue;
    }
    // Once something did not fit, all that follows it is with it in the file, in order.
    const made = beyond.length > 0 ? undefined : renderBlock(block, files);
    const size = made === undefined ? 0 : charactersOf(made);
    if (made === undefined || shown.length + made.length > BLOCKS || characters + size > CHARACTERS) {
      beyond.push(block);
      continue;
    }
    shown.push(...made);
    characters += size;
  }
  if (beyond.length > 0) {
    const text = plainText({ blocks: beyond });
    if (text !== "") {
      files.push({ name: "the-rest.txt", text });
      shown.splice(lastWords(shown), 0, smallPrint("It goes on in the-rest.txt."));
    }
  }
  return { text: fallbackText(reply), blocks: shown, files };
}

/** Choices end a reply; what is added goes before them. */
function lastWords(blocks: readonly SlackBlock[]): number {
  return blocks.at(-1)?.type === "actions" ? blocks.length - 1 : blocks.length;
}

function renderBlock(block: Block, files: RenderedFile[]): SlackBlock[] {
  switch (block.type) {
    case "text":
      return renderText(block);
    case "heading":
      return renderHeading(block);
    case "code":
      return renderCode(block, files);
    case "evidence":
      return renderLines(evidenceLines(block.lines), { title: block.label, file: "lines.txt" }, files);
    case "table":
      return renderLines(tableLines(block), { title: undefined, file: "table.txt" }, files);
    case "list":
      return renderList(block, files);
    case "path":
      return block.stages.length === 0 ? [] : [smallPrint(pathLine(block))];
    case "choices":
      return inWords(block.choices).flatMap((each) => renderBlock(each, files));
    case "picture":
      files.push({ name: fileName(`${block.name}.png`), text: block.words, picture: block.picture });
      return [];
    case "file":
      if (block.text !== "") files.push({ name: fileName(block.name), text: block.text });
      return [];
  }
}

function renderText({ text, tone }: Extract<Block, { type: "text" }>): SlackBlock[] {
  const said = sendable(text).trim();
  if (tone === "quiet") return pieces(said, TEXT).map(smallPrint);
  return pieces(said, TEXT).map((part) => paragraph(words(part, tone === "strong" ? { bold: true } : undefined)));
}

function renderHeading({ mark, text, badge }: Extract<Block, { type: "heading" }>): SlackBlock[] {
  const [first, ...rest] = pieces(sendable(text).trim(), TEXT);
  if (first === undefined) return [];
  const whole = `${HEADING_MARKS[mark]}${first}${badge === undefined || badge === "" ? "" : `  ·  ${sendable(badge)}`}`;
  if (mark !== "none" && rest.length === 0 && whole.length <= HEADER_TEXT) return [header(whole.replaceAll("\n", " "))];
  const sure = badge === undefined || badge === "" ? [] : [words(`  ·  ${shortened(badge, 100)}`, { italic: true })];
  return [
    paragraph(words(`${HEADING_MARKS[mark]}${first}`, { bold: true }), ...(rest.length === 0 ? sure : [])),
    ...rest.map((part) => paragraph(words(part, { bold: true }))),
  ];
}

function renderCode(
  { label, lines, risk, note }: Extract<Block, { type: "code" }>,
  files: RenderedFile[],
): SlackBlock[] {
  if (lines.length === 0) return [];
  const title = label === undefined || label === "" ? undefined : label;
  const made = renderLines(lines, { title, after: risk && RISKS[risk], file: "commands.txt" }, files);
  return note === undefined || note.trim() === ""
    ? made
    : [...made, ...renderText({ type: "text", text: note, tone: "quiet" })];
}

function renderList({ label, items }: Extract<Block, { type: "list" }>, files: RenderedFile[]): SlackBlock[] {
  const said = items.map((item) => sendable(item).trim()).filter((item) => item !== "");
  if (said.length === 0) return [];
  const title = label === undefined || label === "" ? [] : [words(shortened(label, 300), { bold: true })];
  const length = said.reduce((sum, item) => sum + item.length, 0);
  if (length <= TEXT && said.length <= 40) return [bullets(said, ...title)];
  return renderLines(
    said.map((item) => `- ${item}`),
    { title: label, file: "list.txt" },
    files,
  );
}

interface Titled {
  readonly title: string | undefined;
  readonly after?: string | undefined;
  /** Where it goes when it is too long. */
  readonly file: string;
}

/** Lines as they are, to copy; the first ones and a file where they are too many. */
function renderLines(lines: readonly string[], { title, after, file }: Titled, files: RenderedFile[]): SlackBlock[] {
  if (lines.length === 0) return [];
  const head = [
    ...(title === undefined || title === "" ? [] : [words(shortened(title, 300), { bold: true })]),
    ...(after === undefined
      ? []
      : [words(`${title === undefined || title === "" ? "" : "  ·  "}${after}`, { italic: true })]),
  ];
  const whole = sendable(lines.join("\n"));
  if (whole.length <= TEXT) return whole.trim() === "" ? [] : [preformatted(whole, ...head)];
  const name = numbered(file, files);
  files.push({ name, text: lines.join("\n") });
  const begin = shortened(sendable(lines.slice(0, SHOWN_LINES).join("\n")), 1_000);
  return [preformatted(begin, ...head), smallPrint(`That is the beginning; all ${lines.length} lines are in ${name}.`)];
}

function numbered(name: string, files: readonly RenderedFile[]): string {
  const taken = files.filter((file) => file.name.replace(/-\d+(?=\.)/, "") === name).length;
  return taken === 0 ? name : name.replace(".", `-${taken + 1}.`);
}

function fileName(name: string): string {
  const kept = name.replaceAll(/[^\p{L}\p{N}._ -]/gu, "").trim();
  return kept === "" ? "file.txt" : shortened(kept, 80);
}

function inWords(choices: readonly Choice[]): Block[] {
  const items = choices.map(({ label }) => label);
  return items.length === 0 ? [] : [{ type: "list", items }];
}

function fallbackText(reply: Reply): string {
  const blocks = forNotification(reply.blocks).filter(({ type }) => type !== "choices" && type !== "file");
  const text = sendable(plainText({ blocks })).trim();
  for (let most = FALLBACK_TEXT - 1_000; ; most = Math.floor(most / 2)) {
    const short = escaped(shortened(text, most));
    if (short.length <= FALLBACK_TEXT) return short;
  }
}

/** All texts of blocks, labels and values with them. */
export function charactersOf(blocks: readonly SlackBlock[]): number {
  let count = 0;
  JSON.stringify(blocks, (key, value: unknown) => {
    if (key === "text" && typeof value === "string") count += value.length;
    return value;
  });
  return count;
}

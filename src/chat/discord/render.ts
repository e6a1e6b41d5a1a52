/** Reply → Discord messages. Limits hold by construction: what does not fit goes into a file. */
import type { Block, Reply } from "../../domain/reply.ts";
import { answerFirst } from "../../speech/order.ts";
import { type Control, choiceRows, controlRow, type Offer, type Row } from "./choices.ts";
import { MOST_CONTENT, MOST_FILE_BYTES, MOST_FILES, MOST_FILES_BYTES, MOST_MESSAGES, MOST_ROWS } from "./limits.ts";
import { escapedLine, shortened } from "./markdown.ts";
import { piecesOf, type TextFile } from "./pieces.ts";

export interface DiscordMessage {
  readonly content: string;
  readonly components: readonly Row[];
  readonly files: readonly TextFile[];
}

export interface Around {
  /** What the buttons of the reply are for; without it they are not shown. */
  readonly offer?: Offer | undefined;
  readonly controls?: readonly Control[] | undefined;
  /** Rows under the choices. */
  readonly more?: readonly Row[] | undefined;
}

/** @returns the messages in order, at least one; the last one has the buttons and the files */
export function renderReply(reply: Reply, { offer, controls = [], more = [] }: Around = {}): DiscordMessage[] {
  const blocks = answerFirst(reply.blocks);
  const pieces = blocks.map(piecesOf);
  const texts = pieces.flatMap((piece) => piece.texts);
  const { contents, rest } = packed(texts);
  const files = pieces.flatMap((piece) => piece.files);
  if (rest.length > 0) files.push({ name: "more.md", text: `${rest.join("\n")}\n` });
  const sent = sendable(files);
  const components = offer === undefined ? [] : rowsOf(blocks, offer, controls, more);
  const last = contents.at(-1) ?? (sent.length > 0 ? `📎 ${names(sent)}` : "✓");
  return [
    ...contents.slice(0, -1).map((content) => ({ content, components: [], files: [] })),
    { content: last, components, files: sent },
  ];
}

/** Pieces side by side until a message is full. What is beyond the last message is left for a file. */
function packed(texts: readonly string[]): { contents: string[]; rest: readonly string[] } {
  const note = "-# The rest is in more.md.";
  const contents: string[] = [];
  let now = "";
  for (const [index, text] of texts.entries()) {
    const isLast = contents.length === MOST_MESSAGES - 1;
    const room = MOST_CONTENT - (isLast ? note.length + 1 : 0);
    const joined = now === "" ? text : `${now}\n${text}`;
    if (joined.length <= room) now = joined;
    else if (isLast) return { contents: [...contents, `${now}\n${note}`], rest: texts.slice(index) };
    else {
      contents.push(now);
      now = text;
    }
  }
  return { contents: now === "" ? contents : [...contents, now], rest: [] };
}

function rowsOf(blocks: readonly Block[], offer: Offer, controls: readonly Control[], more: readonly Row[]): Row[] {
  const below = [...more, controlRow(controls)].filter((row) => row !== undefined);
  const choices = choiceRows(
    blocks.flatMap((block) => (block.type === "choices" ? [block.choices] : [])),
    offer,
  );
  return [...choices.slice(0, MOST_ROWS - below.length), ...below];
}

/** Names that a file system takes, each once; files that are too large are cut, and say so. */
function sendable(files: readonly TextFile[]): TextFile[] {
  const kept =
    files.length <= MOST_FILES ? files : [...files.slice(0, MOST_FILES - 1), joined(files.slice(MOST_FILES - 1))];
  const most = Math.min(MOST_FILE_BYTES, Math.floor(MOST_FILES_BYTES / Math.max(1, kept.length)));
  const taken = new Set<string>();
  return kept.map(({ name, text, picture }, index) => {
    const clean = fileName(name);
    const own = taken.has(clean) ? `${index + 1}-${clean}` : clean;
    taken.add(own);
    return { name: own, text: cut(text, most), ...(picture && { picture }) };
  });
}

function joined(files: readonly TextFile[]): TextFile {
  return { name: "others.txt", text: files.map(({ name, text }) => `--- ${name} ---\n${text}`).join("\n") };
}

function cut(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  return `${Buffer.from(text)
    .subarray(0, most - 100)
    .toString("utf8")
    .replace(/\ufffd$/, "")}\n… the rest was too long for Discord.\n`;
}

function fileName(name: string): string {
  const clean = name.replace(/[^\p{L}\p{N}._ -]/gu, "").trim();
  return clean === "" || /^\.+$/.test(clean) ? "file.txt" : shortened(clean, 80).replace("…", "");
}

function names(files: readonly TextFile[]): string {
  return files.map(({ name }) => escapedLine(name)).join(", ");
}

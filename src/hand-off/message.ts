/** A hand-off as a chat's message: short words, pictures, and the files to take along. */
import type { HandOffDocument, HandOffTemplate } from "../domain/hand-off.ts";
import type { Picture } from "../domain/picture.ts";
import type { Block, Choice, Reply } from "../domain/reply.ts";
import { pictureWords } from "../pictures/words.ts";
import { handOffHtml } from "./html.ts";
import { handOffMarkdown } from "./markdown.ts";
import { KINDS, titleOf } from "./words.ts";

/** Forms of a hand-off, by the end of the file's name. */
export type HandOffFormat = "md" | "html" | "json";

const OTHERS: readonly Choice[] = [
  { id: "hand-over-far", label: "For the far side" },
  { id: "hand-over-vendor", label: "For the vendor's support" },
];

const SEND_ON: Choice = { id: "send-on", label: "Send it to the webhook" };

/** How many lines of what to do next a message shows, a fix whole: it is copied from there. All of them are in its files. */
const SHOWN_LINES = 14;

/** What can be done with a message. */
export interface Offered {
  /** Also as HTML and JSON, for chats where files can be taken along. */
  readonly withFiles: boolean;
  /** There is a webhook that it can be sent to. */
  readonly sendsOn: boolean;
}

export function handOffReply(
  document: HandOffDocument,
  pictures: readonly Picture[],
  { withFiles, sendsOn }: Offered,
): Reply {
  const files = (withFiles ? (["md", "html", "json"] as const) : (["md"] as const)).map((format) =>
    handOffFile(document, pictures, format),
  );
  return {
    blocks: [
      { type: "heading", mark: "none", text: titleOf(document) },
      ...summary(document),
      ...pictures.map(
        (picture, index): Block => ({
          type: "picture",
          name: `${index + 1}-${picture.kind}`,
          picture,
          words: pictureWords(picture),
        }),
      ),
      ...nextThings(document),
      ...files,
      ...(document.template === "next-shift"
        ? [{ type: "choices", choices: sendsOn ? [...OTHERS, SEND_ON] : OTHERS } as const]
        : []),
    ],
  };
}

export function handOffFile(
  document: HandOffDocument,
  pictures: readonly Picture[],
  format: HandOffFormat,
): Extract<Block, { type: "file" }> {
  return { type: "file", name: `${NAMES[document.template]}.${format}`, text: WRITERS[format](document, pictures) };
}

const NAMES: Readonly<Record<HandOffTemplate, string>> = {
  "next-shift": "hand-off",
  "far-side": "hand-off-far-side",
  vendor: "hand-off-vendor",
};

const WRITERS: Readonly<Record<HandOffFormat, (document: HandOffDocument, pictures: readonly Picture[]) => string>> = {
  md: handOffMarkdown,
  html: handOffHtml,
  json: (document) => `${JSON.stringify(document, null, 2)}\n`,
};

function summary({ standing, ruledOut, support, notObtained, tried }: HandOffDocument): Block[] {
  const missing = support.filter(({ collected }) => collected === null).length;
  const items = [
    ...(ruledOut.length === 0
      ? []
      : [
          `Ruled out: ${ruledOut
            .map(({ title }) => title)
            .slice(0, 5)
            .join("; ")}${ruledOut.length > 5 ? " …" : ""}`,
        ]),
    ...(tried.length === 0
      ? []
      : [`Tried: ${tried.map(({ title, outcome }) => `${title} (${outcome.replace("-", " ")})`).join("; ")}`]),
    ...(notObtained.length === 0
      ? []
      : [
          `Could not be obtained: ${notObtained.map(({ on, command }) => (command === null ? `anything on ${on}` : `${command.split("\n").join("; ")} on ${on}`)).join("; ")}`,
        ]),
    ...(support.length === 0
      ? []
      : [`Of what support asks for, ${support.length - missing} collected, ${missing} missing.`]),
  ];
  return [
    { type: "text", text: standing.summary, tone: "strong" },
    ...(items.length === 0 ? [] : [{ type: "list", items } as const]),
  ];
}

function nextThings({ next }: HandOffDocument): Block[] {
  return next.map(({ kind, on, commands, risk }, index) => ({
    type: "code",
    label: `${index + 1}. ${KINDS[kind]} on ${on}`,
    lines: commands.length > SHOWN_LINES ? [...commands.slice(0, SHOWN_LINES - 1), "…"] : commands,
    risk,
  }));
}

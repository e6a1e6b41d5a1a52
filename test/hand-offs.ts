/** Every form that a case can be written up in. */
import type { Case } from "../src/case/case.ts";
import { situationOf } from "../src/case/case.ts";
import { type WritingUp, writeUp } from "../src/case/hand-off-document.ts";
import { picturesFor } from "../src/case/pictures.ts";
import { type HandOffDocument, type HandOffTemplate, TEMPLATES } from "../src/domain/hand-off.ts";
import { handOffFile } from "../src/hand-off/message.ts";
import { drawPicture } from "../src/pictures/draw.ts";
import { pictureText } from "../src/pictures/words.ts";

export interface WrittenUp {
  readonly document: HandOffDocument;
  readonly template: HandOffTemplate;
  readonly md: string;
  readonly html: string;
  readonly json: string;
  /** Pictures as SVG in both themes, and in characters. */
  readonly pictures: readonly string[];
}

export function writtenUp(one: Case, tools: WritingUp, templates: readonly HandOffTemplate[] = TEMPLATES): WrittenUp[] {
  const { diagnosis } = situationOf(one, tools.knowledge);
  return templates.map((template) => {
    const document = writeUp(one, template, tools);
    const pictures = picturesFor(diagnosis, template);
    const text = (format: "md" | "html" | "json") => handOffFile(document, pictures, format).text;
    return {
      document,
      template,
      md: text("md"),
      html: text("html"),
      json: text("json"),
      pictures: pictures.flatMap((each) => [
        drawPicture(each, "light"),
        drawPicture(each, "dark"),
        pictureText(each).join("\n"),
      ]),
    };
  });
}

/** All of it as one text, to look for what may not be in it. */
export function allWritten(one: Case, tools: WritingUp): string {
  return writtenUp(one, tools)
    .flatMap(({ md, html, json, pictures }) => [md, html, json, ...pictures])
    .join("\n");
}

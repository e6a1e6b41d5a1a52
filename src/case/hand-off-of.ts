/** The hand-off of a case that is looked at, in one of its forms. */
import type { HandOffTemplate } from "../domain/hand-off.ts";
import { type HandOffFormat, handOffFile } from "../hand-off/message.ts";
import { situationOf } from "./case.ts";
import { type WritingUp, writeUp } from "./hand-off-document.ts";
import type { CaseLook } from "./look.ts";
import { picturesFor } from "./pictures.ts";

/** @returns a file's name and text */
export function handOffOf(
  { events, caseId }: Pick<CaseLook, "events" | "caseId">,
  as: { readonly template: HandOffTemplate; readonly format: HandOffFormat },
  tools: Pick<WritingUp, "knowledge" | "said">,
): { readonly name: string; readonly text: string } {
  const one = { events };
  const document = writeUp(one, as.template, { ...tools, caseId });
  return handOffFile(document, picturesFor(situationOf(one, tools.knowledge).diagnosis, as.template), as.format);
}

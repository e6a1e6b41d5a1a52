/** The one message of a case that is kept up to date: whose it is, how far it is, and what can always be done. */
import type { CaseLook } from "../../case/look.ts";
import { pathBlock } from "../../speech/diagnosis.ts";
import { SYMPTOMS } from "../../speech/next-step.ts";
import type { CaseHead } from "../../store/store.ts";
import { button, paragraph, type SlackBlock, smallPrint, userName, words } from "./block-kit.ts";
import { CHOOSE, carry, moreMenu, type OfCase, PASTE_FORM, REOPEN } from "./choices.ts";
import { pathLine } from "./path-line.ts";
import { escaped, sendable, shortened } from "./words.ts";

export interface StatusMessage {
  readonly text: string;
  readonly blocks: SlackBlock[];
}

export function renderStatus(head: CaseHead, look: CaseLook): StatusMessage {
  const title = titleOf(head, look);
  const blocks: SlackBlock[] = [
    paragraph(words(`Case ${head.id}`, { bold: true }), words(`  ·  ${title}  ·  `), userName(head.openedBy.id)),
  ];
  const { verdict } = look.situation.diagnosis;
  const path = pathBlock(look.situation.diagnosis);
  if (path.type === "path" && path.stages.length > 0) blocks.push(smallPrint(pathLine(path)));
  const [best] = verdict.findings;
  if (verdict.verdict === "healthy") blocks.push(paragraph(words("✓ The tunnel works", { bold: true })));
  else if (verdict.verdict === "found" && best !== undefined)
    blocks.push(
      paragraph(
        words(`✗ ${shortened(best.title, 300)}`, { bold: true }),
        words(`  ·  ${best.certainty}`, { italic: true }),
      ),
    );
  blocks.push({ type: "actions", elements: actionsOf(head, { caseId: head.id, turn: look.version }) });
  return { text: escaped(shortened(`Case ${head.id} · ${title}`, 500)), blocks };
}

/** "tunnel down · peer 198.51.100.7" */
function titleOf(head: CaseHead, { situation }: CaseLook): string {
  const { symptom, peer } = situation.diagnosis.tunnel.known;
  const far = peer ?? situation.diagnosis.tunnel.focus.remote;
  const parts = [
    ...(head.status === "closed" ? ["closed"] : []),
    symptom === undefined ? "what is wrong is not said yet" : SYMPTOMS[symptom],
    far === undefined ? "peer not known yet" : `peer ${far}`,
  ];
  return sendable(parts.join("  ·  "));
}

function actionsOf(head: CaseHead, of: OfCase) {
  const press = (label: string, choice: string, number: number) =>
    button(label, `${CHOOSE}:${number}`, carry({ ...of, choice }));
  if (head.status === "closed") return [press("Reopen", REOPEN, 0), press("Write it up", "hand-over", 1)];
  return [
    press("So far", "so-far", 0),
    press("Write it up", "hand-over", 1),
    press("Paste in private", PASTE_FORM, 2),
    moreMenu(of, "status"),
  ];
}

/** What stays of it at a place that the case has left: nothing there can be pressed any more. */
export function leftMessage(caseId: string): StatusMessage {
  const text = `Case ${caseId} goes on elsewhere.`;
  return { text, blocks: [paragraph(words(text))] };
}

/** What stands there until the case is committed. */
export function openingMessage(person: string): StatusMessage {
  return {
    text: "A case is being opened.",
    blocks: [paragraph(words("Opening a case for "), userName(person), words(" …"))],
  };
}

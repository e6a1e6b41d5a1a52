/** Where things of a case are on the page. */
import type { Evidence } from "../../domain/verdict.ts";

export function caseHref(caseId: string): string {
  return `/case/${encodeURIComponent(caseId)}`;
}

export function pasteHref(caseId: string, paste: string, line?: number): string {
  const at = `${caseHref(caseId)}/paste/${encodeURIComponent(paste)}`;
  return line === undefined ? at : `${at}?line=${line}#L${line}`;
}

export function explainLineHref(caseId: string, paste: string, line: number): string {
  return `${caseHref(caseId)}/paste/${encodeURIComponent(paste)}/explain?line=${line}`;
}

export function fileHref(caseId: string, turn: number, block: number): string {
  return `${caseHref(caseId)}/file/${turn}/${block}`;
}

export function pictureHref(caseId: string, turn: number, block: number): (theme: "light" | "dark") => string {
  return (theme) => `${caseHref(caseId)}/picture/${turn}/${block}?theme=${theme}`;
}

/** Leads to a line of a paste; undefined where the case has no such paste (any more). */
export function lineLinks(caseId: string, pastes: ReadonlySet<string>): (evidence: Evidence) => string | undefined {
  return ({ paste, line }) => (pastes.has(paste) ? pasteHref(caseId, paste, line) : undefined);
}

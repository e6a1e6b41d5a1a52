/** What a button, a select or a form says when it is used: for which case, offered with which turn. */
import { MOST_CUSTOM_ID } from "./limits.ts";

export type Action =
  /** A choice of a reply; a select names it in its value. */
  | { readonly type: "choose"; readonly caseId: string; readonly turn: number; readonly choice?: string | undefined }
  /** Opens the form to paste into. */
  | { readonly type: "paste"; readonly caseId: string }
  /** A form that was sent opens a case of its own. */
  | { readonly type: "diagnose"; readonly isPrivate: boolean }
  /** Deletes a message with a key in it. */
  | { readonly type: "delete"; readonly caseId: string; readonly message: string }
  | { readonly type: "close"; readonly caseId: string }
  | { readonly type: "reopen"; readonly caseId: string }
  /** A select of people. */
  | { readonly type: "give"; readonly caseId: string }
  /** Goes on with a case here. */
  | { readonly type: "resume"; readonly caseId?: string | undefined }
  /** The next page of a list: the words that ask for it. */
  | { readonly type: "cases"; readonly words: string }
  /** What a form held that could not be stored. */
  | { readonly type: "again"; readonly draft: string };

/** @returns undefined where it would be too long to come back */
export function customId(action: Action): string | undefined {
  const id = [action.type, ...partsOf(action)].join("|");
  return id.length <= MOST_CUSTOM_ID ? id : undefined;
}

function partsOf(action: Action): string[] {
  switch (action.type) {
    case "choose":
      return [action.caseId, String(action.turn), ...(action.choice === undefined ? [] : [action.choice])];
    case "delete":
      return [action.caseId, action.message];
    case "diagnose":
      return [action.isPrivate ? "private" : "here"];
    case "cases":
      return [action.words];
    case "again":
      return [action.draft];
    case "resume":
      return action.caseId === undefined ? [] : [action.caseId];
    default:
      return [action.caseId];
  }
}

/** @returns undefined for an id that none of ours is, or not any more */
export function readCustomId(id: string): Action | undefined {
  const [type, first = "", second = "", ...rest] = id.split("|");
  switch (type) {
    case "choose": {
      const turn = Number(second);
      if (first === "" || !Number.isSafeInteger(turn)) return undefined;
      return { type, caseId: first, turn, choice: rest.length === 0 ? undefined : rest.join("|") };
    }
    case "delete":
      return /^\d{1,20}$/.test(second) ? { type, caseId: first, message: second } : undefined;
    case "diagnose":
      return { type, isPrivate: first === "private" };
    case "cases":
      return { type, words: id.slice(type.length + 1) };
    case "again":
      return { type, draft: first };
    case "resume":
      return { type, caseId: first === "" ? undefined : first };
    case "paste":
    case "close":
    case "reopen":
    case "give":
      return { type, caseId: first };
    default:
      return undefined;
  }
}

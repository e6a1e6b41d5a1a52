/** What we say, free of any chat's format: a closed union that each chat renders in its own way. No markup in any text. */
import type { Picture } from "./picture.ts";
import type { Evidence, Risk } from "./verdict.ts";

export type Block =
  /** Running text; a line break separates paragraphs. */
  | { readonly type: "text"; readonly text: string; readonly tone?: "plain" | "quiet" | "strong" | undefined }
  /** The verdict line: its mark, what it says, how sure. */
  | {
      readonly type: "heading";
      readonly mark: "found" | "healthy" | "open" | "none";
      readonly text: string;
      readonly badge?: string | undefined;
    }
  /** Commands or outputs to copy, with where they belong and what they risk. */
  | {
      readonly type: "code";
      readonly label?: string | undefined;
      readonly lines: readonly string[];
      readonly risk?: Risk | undefined;
      readonly note?: string | undefined;
    }
  /** Lines of pastes that show something. */
  | { readonly type: "evidence"; readonly label?: string | undefined; readonly lines: readonly Evidence[] }
  /** A small table; the first row is the heading. `marked` rows differ. */
  | {
      readonly type: "table";
      readonly rows: readonly (readonly string[])[];
      readonly marked?: readonly number[] | undefined;
    }
  | { readonly type: "list"; readonly label?: string | undefined; readonly items: readonly string[] }
  /** The way through the tree. */
  | {
      readonly type: "path";
      readonly stages: readonly { readonly name: string; readonly mark: "yes" | "no" | "open" | "unseen" }[];
    }
  /** Things to choose from; typing the words works as well. */
  | { readonly type: "choices"; readonly choices: readonly Choice[] }
  /** A picture; `words` say the same. `name` is a file's, without its ending. */
  | { readonly type: "picture"; readonly name: string; readonly picture: Picture; readonly words: string }
  /** A long text to take along. */
  | { readonly type: "file"; readonly name: string; readonly text: string };

export interface Choice {
  readonly id: string;
  readonly label: string;
}

export interface Reply {
  readonly blocks: readonly Block[];
}

/** Input that can't be used, told by its place and the remedy; never by what it holds, which may be a key. */

export interface Problem {
  /** A JSON Pointer into what was given: "/pastes/0/side"; "" is all of it. */
  readonly pointer: string;
  /** What to change, as a sentence without its subject: "must be one of local, remote". */
  readonly detail: string;
}

export class WrongInput extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(({ pointer, detail }) => `${pointer === "" ? "the input" : pointer} ${detail}`).join("; "));
    this.name = "WrongInput";
    this.problems = problems;
  }
}

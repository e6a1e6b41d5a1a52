/** What became of the cases of a workspace, as figures. */

/** Times in milliseconds; undefined where there is none. */
export interface Spread {
  readonly cases: number;
  readonly median: number | undefined;
  /** Nine of ten took no longer. */
  readonly most: number | undefined;
}

/** What became of the cases of a workspace. Lists are the most frequent first, and bounded. */
export interface CaseFigures {
  readonly cases: number;
  readonly open: number;
  readonly causes: readonly {
    readonly cause: string;
    readonly title: string;
    readonly cases: number;
    readonly fixed: number;
  }[];
  /** From opening to the first verdict. */
  readonly toVerdict: Spread;
  /** From opening to the tunnel being seen to work. */
  readonly toFix: Spread;
  /** Commands that were asked for last and never shown. */
  readonly unanswered: readonly { readonly command: string; readonly cases: number }[];
  /** Commands that could not be run. */
  readonly refused: readonly { readonly command: string; readonly cases: number }[];
  readonly unread: readonly {
    readonly platform: string;
    readonly shape: string;
    readonly lines: number;
    readonly cases: number;
  }[];
}

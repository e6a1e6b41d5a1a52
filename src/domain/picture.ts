/** What a picture shows, free of any format: drawn as SVG or PNG, or told in characters. */

export type PathMark = "yes" | "no" | "open" | "unseen";

export interface PathPicture {
  readonly kind: "path";
  readonly stages: readonly { readonly name: string; readonly mark: PathMark }[];
}

/** A try to bring the tunnel up, as a log shows it. */
export interface AttemptDrawn {
  /** As the device printed it; "" where it printed none. */
  readonly time: string;
  /** "begun here" or "begun by the peer". */
  readonly begun: string;
  /** 0: nothing came back; 1: phase 1 begun; 2: phase 1 complete; 3: quick mode begun; 4: complete. */
  readonly reached: 0 | 1 | 2 | 3 | 4;
  readonly outcome: "up" | "failed" | "open";
  /** What ended it, or how far it got, in a few words. */
  readonly words: string;
}

export interface AttemptsPicture {
  readonly kind: "attempts";
  /** The end whose log it is. */
  readonly end: string;
  readonly attempts: readonly AttemptDrawn[];
  /** Earlier ones that are not drawn. */
  readonly left: number;
}

export interface DirectionDrawn {
  readonly sent?: number | undefined;
  readonly arrived?: number | undefined;
  /** "nothing": nothing arrives, and the sender was not seen. */
  readonly state: "arrives" | "lost" | "nothing" | "not-sent" | "no-sa" | "unknown";
}

export interface EndsPicture {
  readonly kind: "ends";
  readonly local: { readonly name: string; readonly address: string };
  readonly remote: { readonly name: string; readonly address: string };
  /** From the local end to the remote one, and back. */
  readonly out: DirectionDrawn;
  readonly back: DirectionDrawn;
  /** Counted between two readings, not since the SA was made. */
  readonly isDifference: boolean;
}

export type Picture = PathPicture | AttemptsPicture | EndsPicture;

/** One thing that can be explained. */
export interface Entry {
  readonly about: "state" | "topic" | "finding" | "symptom" | "signature";
  readonly id: string;
  readonly title: string;
  readonly short: string;
  readonly paragraphs: readonly string[];
  readonly next: readonly string[];
  readonly not: readonly string[];
  /** Ids of root causes, and of anything that can be explained. */
  readonly causes: readonly string[];
  readonly see: readonly string[];
  readonly sources: readonly string[];
  /** Under which it is found, as written. */
  readonly names: readonly string[];
  readonly commands: readonly string[];
  /** Lines as devices print them. */
  readonly examples: readonly string[];
}

/** An entry that has little to say. */
export function bare(about: Entry["about"], id: string, title: string, short: string): Entry {
  const nothing = { paragraphs: [], next: [], not: [], causes: [], see: [], sources: [], commands: [], examples: [] };
  return { about, id, title, short: short.trim().replace(/\s+/g, " "), names: [title, id], ...nothing };
}

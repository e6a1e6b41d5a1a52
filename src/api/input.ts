/** What programs give the engine. Types alone: they are published with the library. */
import type { PlatformId, Side, SymptomId } from "../domain/ids.ts";

/** A text that somebody pasted. */
export interface PasteInput {
  /** How evidence refers to it; "paste 1", "paste 2" … where there is none. */
  readonly name?: string | undefined;
  /** What the device printed: any number of outputs, logs and configurations, with prompts or without. */
  readonly text: string;
  /** The end it was taken on, if known. */
  readonly side?: Side | undefined;
}

/** What is known beside the pastes. */
export interface DiagnoseOptions {
  readonly symptom?: SymptomId | undefined;
  /** What each end is, where its pastes do not show it. */
  readonly platforms?: Partial<Readonly<Record<Side, PlatformId | undefined>>> | undefined;
  /** The far gateway's address, where a device has many tunnels. */
  readonly peer?: string | undefined;
  /** Commands that can't be run there; they are not asked for again. */
  readonly cannot?: readonly { readonly side: Side; readonly command: string }[] | undefined;
}

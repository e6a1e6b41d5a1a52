/** Where the time of `readPaste` goes: its stages one by one, on the text that the whole is measured on. */
import type { Vendor } from "../src/domain/output.ts";
import { clean } from "../src/paste/clean.ts";
import { readPrompt } from "../src/paste/prompt.ts";
import { type ReadTools, signaturesOf } from "../src/paste/read.ts";
import { recogniserFor } from "../src/paste/recognise.ts";
import { redact } from "../src/paste/redact.ts";
import { split } from "../src/paste/split.ts";
import type { Subject } from "./measure.ts";

export function stagesOf(text: string, tools: ReadTools): Subject[] {
  const { vendors, signatures, tagger } = tools;
  const cleaned = cleanAsRead(text, vendors);
  const { lines } = redact(cleaned.lines, tagger);
  const { chunks } = split(lines, vendors, cleaned.marks);
  return [
    { name: "clean", run: () => cleanAsRead(text, vendors) },
    { name: "redact", run: () => redact(cleaned.lines, tagger) },
    { name: "split", run: () => split(lines, vendors, cleaned.marks) },
    {
      name: "parse",
      run: () =>
        chunks.map(({ command, ...chunk }) =>
          command?.parse({ ...chunk, command: chunk.text }, { signatures: signaturesOf(chunk.platform, signatures) }),
        ),
    },
  ];
}

function cleanAsRead(text: string, vendors: readonly Vendor[]) {
  const recogniser = recogniserFor(vendors);
  return clean(text, (line) => readPrompt(line, vendors) !== undefined || recogniser.hasShape(line));
}

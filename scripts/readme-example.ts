/** The README's example, as its command prints it on a terminal with colours. */
import { readFileSync } from "node:fs";
import { renderTerminal } from "../src/chat/terminal/render.ts";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { speakVerdict } from "../src/speech/diagnosis.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { diagnose } from "../src/verdict/diagnose.ts";

export async function readmeExample(): Promise<string> {
  const knowledge = await loadKnowledge();
  const tools = { vendors: VENDORS, signatures: knowledge.signatures, tagger: createSecretTagger() };
  const give = (saidSide: "local" | "remote", name: string) => {
    const text = readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
    return { paste: readPaste(name, text, tools), saidSide };
  };
  const pastes = [give("local", "docs/examples/hub.txt"), give("remote", "docs/examples/spoke.txt")];
  const said = diagnose({ pastes, platforms: {}, cannot: [] }, knowledge);
  return renderTerminal(speakVerdict(said), { colours: true, width: 100 });
}

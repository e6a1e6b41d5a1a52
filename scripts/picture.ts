/** `npm run picture`: draws docs/diagnose.svg, what `diagnose` prints for the README's example, as a terminal shows it. */
import { writeFileSync } from "node:fs";
import { readmeExample } from "./readme-example.ts";
import { drawTerminal } from "./terminal-picture.ts";

writeFileSync(new URL("../docs/diagnose.svg", import.meta.url), drawTerminal(await readmeExample()));

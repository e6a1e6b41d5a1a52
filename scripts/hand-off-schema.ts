/** Writes docs/hand-off.schema.json: the published schema of hand-offs as JSON. */
import { writeFileSync } from "node:fs";
import { z } from "zod";
import { HandOffSchema } from "../src/domain/hand-off.ts";

writeFileSync(
  new URL("../docs/hand-off.schema.json", import.meta.url),
  `${JSON.stringify(z.toJSONSchema(HandOffSchema), null, 2)}\n`,
);

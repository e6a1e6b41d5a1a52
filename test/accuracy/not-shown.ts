/** Which findings a platform cannot show, and why: not-shown/<platform>.yaml. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { type PlatformId, ROOT_CAUSE_IDS, type RootCauseId } from "../../src/domain/ids.ts";

const Reasons = z.partialRecord(z.enum(ROOT_CAUSE_IDS), z.string().min(20));

const fileOf = (platform: PlatformId) => new URL(`not-shown/${platform}.yaml`, import.meta.url);

/** The findings that nothing this platform prints can show, each with its reason. @throws Error naming the file that is not as it should be. */
export function notShownBy(platform: PlatformId): Partial<Record<RootCauseId, string>> {
  const checked = Reasons.safeParse(parse(readFileSync(fileOf(platform), "utf8")) ?? {});
  if (!checked.success) throw new Error(`${platform}.yaml: ${z.prettifyError(checked.error)}`);
  return checked.data;
}

/** Log messages as what can be explained: one entry for each meaning, whatever platforms print it. */
import { PLATFORM_IDS } from "../domain/ids.ts";
import { bare, type Entry } from "./explain-entry.ts";
import type { FindingFile } from "./finding-schema.ts";
import { readYaml, yamlFiles } from "./read.ts";
import { SignatureFile } from "./schema.ts";

export function signatureEntries(findings: readonly FindingFile[]): Entry[] {
  const causes = causesOf(findings);
  const byId = new Map<string, { platform: string; signature: SignatureFile["signatures"][number] }[]>();
  for (const file of PLATFORM_IDS.flatMap((id) => yamlFiles(`vendors/${id}/signatures`))) {
    const { platform, signatures } = readYaml(file, SignatureFile);
    for (const signature of signatures)
      byId.set(signature.id, [...(byId.get(signature.id) ?? []), { platform, signature }]);
  }
  return [...byId].map(([id, printed]) => {
    const platforms = [...new Set(printed.map(({ platform }) => platform))];
    const all = printed.map(({ signature }) => signature);
    return {
      ...bare("signature", id, `log message ${id.replaceAll("-", " ")}`, all[0]?.means ?? ""),
      paragraphs: [`Printed by ${platforms.join(", ")}.`],
      not: all.some(({ noise }) => noise) ? ["It is printed on healthy tunnels too. By itself it proves nothing."] : [],
      causes: causes.get(id) ?? [],
      sources: [...new Set(all.flatMap(({ sources }) => sources))],
      examples: all.flatMap(({ matches }) => matches),
    };
  });
}

/** The root causes that a message speaks for. */
function causesOf(findings: readonly FindingFile[]): Map<string, string[]> {
  const causes = new Map<string, string[]>();
  for (const finding of findings)
    for (const { when } of finding.for)
      for (const condition of when) {
        const [, id] = /^log ([a-z0-9-]+)/.exec(condition) ?? [];
        if (id === undefined) continue;
        const known = causes.get(id) ?? [];
        if (!known.includes(finding.id)) causes.set(id, [...known, finding.id]);
      }
  return causes;
}

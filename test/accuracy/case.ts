/** Labelled cases: what people paste, and what the verdict has to be. Each file of cases/ belongs to one root cause or theme. */
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { PLATFORM_IDS, ROOT_CAUSE_IDS, SIDES, SYMPTOM_IDS } from "../../src/domain/ids.ts";

const Given = z.strictObject({
  /** The end that is said; absent: nobody said. */
  end: z.enum(SIDES).optional(),
  /** A text of the site, with edits: each key is replaced by its value, and has to be there. */
  use: z.string().optional(),
  but: z.record(z.string(), z.string()).default({}),
  text: z.string().optional(),
});

const Expected = z.strictObject({
  verdict: z.enum(["found", "healthy", "need-more"]),
  id: z.enum(ROOT_CAUSE_IDS).optional(),
  certainty: z.enum(["confirmed", "likely", "possible"]).optional(),
  side: z.enum([...SIDES, "both"]).optional(),
  /** A part of a line that has to be among the evidence of the first finding. */
  line: z.string().optional(),
  /** Attributes in which the ends have to be said to differ, as "attribute: local / remote". */
  differs: z.array(z.string()).optional(),
  /** Ids that have to be listed as well. */
  also: z.array(z.enum(ROOT_CAUSE_IDS)).default([]),
  /** Ids that must not be listed at all. */
  never: z.array(z.enum(ROOT_CAUSE_IDS)).default([]),
  /** Ids that have to be ruled out, with a line. */
  ruledOut: z.array(z.enum(ROOT_CAUSE_IDS)).default([]),
  /** The first ask: "local: show crypto isakmp sa"; the command has to begin so. */
  ask: z.string().optional(),
  /** Parts of commands that must not be asked for at all. */
  notAsk: z.array(z.string()).default([]),
  /** A command line that the fix has to have, as "remote: set peer 192.0.2.1". */
  fix: z.array(z.string()).default([]),
  /** A command line that the fix must not have. */
  notFix: z.array(z.string()).default([]),
  /** A part of a note, of a check or of the reason for an ask that has to be said. */
  says: z.array(z.string()).default([]),
});

const Case = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  given: z.array(Given).default([]),
  symptom: z.enum(SYMPTOM_IDS).optional(),
  peer: z.string().optional(),
  platforms: z.partialRecord(z.enum(SIDES), z.enum(PLATFORM_IDS)).default({}),
  cannot: z.array(z.strictObject({ side: z.enum(SIDES), command: z.string() })).default([]),
  expect: Expected,
});

const CaseFile = z.strictObject({
  /** What the cases are about; where it is a root-cause id, all of it that IOS can show. */
  about: z.string(),
  site: z.string().optional(),
  cases: z.array(Case).min(1),
});
const SiteFile = z.strictObject({ texts: z.record(z.string(), z.string()) });

export type Expected = z.output<typeof Expected>;
export interface LabelledCase extends Omit<z.output<typeof Case>, "given"> {
  readonly about: string;
  readonly pastes: readonly {
    readonly name: string;
    readonly end: "local" | "remote" | undefined;
    readonly text: string;
  }[];
}

const here = new URL("./", import.meta.url);

/** All cases of cases/, in the order of the files. @throws Error naming the file where one is not as it should be. */
export function readCases(): LabelledCase[] {
  const sites = new Map(
    filesOf("sites").map((file) => [
      file.replace(/\.yaml$/, ""),
      SiteFile.parse(parse(readFileSync(new URL(`sites/${file}`, here), "utf8"))).texts,
    ]),
  );
  return filesOf("cases").flatMap((file) => {
    const checked = CaseFile.safeParse(parse(readFileSync(new URL(`cases/${file}`, here), "utf8")));
    if (!checked.success) throw new Error(`${file}: ${z.prettifyError(checked.error)}`);
    const { about, site, cases } = checked.data;
    const texts = site === undefined ? {} : (sites.get(site) ?? {});
    return cases.map(({ given, ...rest }) => ({
      ...rest,
      about,
      pastes: given.map((item, index) => ({
        name: `${item.end ?? "paste"}-${index + 1}`,
        end: item.end,
        text: textOf(item, texts, `${file} ${rest.name}`),
      })),
    }));
  });
}

function textOf(given: z.output<typeof Given>, texts: Readonly<Record<string, string>>, where: string): string {
  const base = given.use === undefined ? given.text : texts[given.use];
  if (base === undefined) throw new Error(`${where}: there is no text ${given.use ?? ""}`);
  let text = base;
  for (const [from, to] of Object.entries(given.but)) {
    if (!text.includes(from)) throw new Error(`${where}: "${from}" is not in ${given.use ?? "the text"}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

function filesOf(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, here))
    .filter((name) => name.endsWith(".yaml"))
    .sort();
}

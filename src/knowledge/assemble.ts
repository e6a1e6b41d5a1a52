/** Puts together what knowledge/ says of a finding or an ask and what each platform's folder adds to it. */
import { PLATFORM_IDS, type PlatformId } from "../domain/ids.ts";
import type { Signature } from "../domain/signature.ts";
import { compileSignatures } from "./compile.ts";
import type {
  AskCommand,
  AskCommandFile,
  AskEntry,
  AskFile,
  FindingFile,
  FixFile,
  KnownFault,
  SayingFile,
  WordFile,
} from "./finding-schema.ts";
import type { SignatureFile, SupportFile } from "./schema.ts";

/** Checked documents by their names: "asks.yaml", "findings/NAME.yaml", "vendors/PLATFORM/fixes/NAME.yaml" … */
export type Documents = Readonly<Record<string, unknown>>;

/** What the engine knows of faults, of what to ask for, and of log lines. */
export interface Knowledge {
  /** In name order. */
  readonly findings: readonly KnownFault[];
  readonly asks: ReadonlyMap<string, AskEntry>;
  readonly signatures: readonly Signature[];
  /** What a vendor's support asks for when a case is opened, by platform. */
  readonly support: ReadonlyMap<PlatformId, SupportFile[PlatformId]>;
}

export function knowledgeIn(documents: Documents): Knowledge {
  const folder = (name: string) =>
    Object.keys(documents)
      .filter((file) => file.startsWith(`${name}/`))
      .sort()
      .map((file) => documents[file]);
  const { asks } = documents["asks.yaml"] as AskFile;
  const support = documents["support.yaml"] as SupportFile;
  const words = ofPlatforms<WordFile>(documents, "words.yaml");
  return {
    support: new Map(PLATFORM_IDS.map((platform) => [platform, support[platform]])),
    findings: (folder("findings") as FindingFile[]).map((finding) => ({ ...withFixes(finding, documents), words })),
    asks: new Map(asks.map((ask) => [ask.id, withCommands(ask, documents)])),
    signatures: PLATFORM_IDS.flatMap((platform) => folder(`vendors/${platform}/signatures`) as SignatureFile[]).flatMap(
      compileSignatures,
    ),
  };
}

/** A file that each platform may have, by platform. */
function ofPlatforms<T>(documents: Documents, file: string): Partial<Readonly<Record<PlatformId, T>>> {
  const found: Partial<Record<PlatformId, T>> = {};
  for (const platform of PLATFORM_IDS) {
    const document = documents[`vendors/${platform}/${file}`] as T | undefined;
    if (document !== undefined) found[platform] = document;
  }
  return found;
}

function withFixes(finding: FindingFile, documents: Documents): Omit<KnownFault, "words"> {
  const look: Partial<Record<PlatformId, string>> = {};
  const sayings: Partial<Record<PlatformId, SayingFile[FindingFile["id"]]>> = {};
  const fix: Partial<Record<PlatformId, FixFile["fix"]>> = {};
  const verify: Partial<Record<PlatformId, FixFile["verify"]>> = {};
  for (const platform of PLATFORM_IDS) {
    const asks = documents[`vendors/${platform}/asks.yaml`] as AskCommandFile | undefined;
    const words = asks?.[finding.stage === "ike-sa" ? "ike-sas" : "ipsec-sas"];
    if (words !== undefined) look[platform] = typeof words === "string" ? words : words.command;
    const said = (documents[`vendors/${platform}/findings.yaml`] as SayingFile | undefined)?.[finding.id];
    if (said !== undefined) sayings[platform] = said;
    const file = documents[`vendors/${platform}/fixes/${finding.id}.yaml`] as FixFile | undefined;
    if (!file) continue;
    fix[platform] = file.fix;
    verify[platform] = file.verify;
  }
  return { ...finding, fix, verify, look, sayings };
}

function withCommands(ask: AskFile["asks"][number], documents: Documents): AskEntry {
  const commands: Partial<Record<PlatformId, AskCommand>> = {};
  for (const platform of PLATFORM_IDS) {
    const words = (documents[`vendors/${platform}/asks.yaml`] as AskCommandFile | undefined)?.[ask.id];
    if (words === undefined) continue;
    const { ikev2, vyos, ...usual } = typeof words === "string" ? { command: words } : words;
    const forIkeV2 = typeof ikev2 === "string" ? { command: ikev2 } : ikev2;
    const forVyos = typeof vyos === "string" ? { command: vyos } : vyos;
    commands[platform] = { ...usual, ...(forIkeV2 && { ikev2: forIkeV2 }), ...(forVyos && { vyos: forVyos }) };
  }
  return { ...ask, commands };
}

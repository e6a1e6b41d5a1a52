/**
 * `show crypto ikev2 proposal`: what this router offers and takes for IKEv2.
 * Source: genieparser's test data. Proposals that no policy binds are listed too.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IkeProposal } from "../../domain/readings/connection.ts";
import { isFiller } from "./ike-output.ts";
import { encryptionOfIkeV2, groupOfIkeV2, integrityOfIkeV2 } from "./ikev2-words.ts";

const HEAD = /^\s*IKEv2 proposal ?: ?(?<name>\S{1,100})\s*$/i;
const FIELD = /^\s*(?<label>Encryption|Integrity|PRF|DH Group) {0,12}: ?(?<value>\S.{0,400}|)$/;
const ASIDE = /^\s*(?:PQC|Additional|Incomplete)/i;

export const showCryptoIkev2Proposal: Command = {
  run: "show crypto ikev2 proposal [NAME]",
  alsoRun: ["show crypto ikev2 proposal default"],
  looksLike: [HEAD],
  parse(output: Output): Parsed {
    const drafts: Draft[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      if (isFiller(line.text)) continue;
      const name = HEAD.exec(line.text)?.groups?.["name"];
      const current = drafts.at(-1);
      if (name !== undefined) drafts.push({ name, line: line.number, at: {} });
      else if (!current || !(readField(current, line) || ASIDE.test(line.text))) unread.push(line);
    }
    const proposals = drafts.flatMap((draft) => finish(draft) ?? []);
    const isNarrowed = !/^show crypto ikev2 proposal$/.test(output.command.trim());
    const isAll = !isNarrowed && !output.isCut && !output.isOpenEnded && proposals.length === drafts.length;
    if (drafts.length === 0 && unread.length > 0) return { values: [], unread };
    return {
      values: [{ kind: "ike-proposals", version: 2, proposals, complete: isAll && output.typed !== undefined }],
      unread,
    };
  },
};

interface Draft {
  readonly name: string;
  readonly line: number;
  readonly at: Record<string, number>;
  encryption?: string[];
  integrity?: string[];
  prf?: string[];
  dhGroups?: number[];
}

function readField(draft: Draft, { text, number }: Line): boolean {
  const groups = FIELD.exec(text)?.groups;
  if (!groups) return false;
  const words = (groups["value"] ?? "").trim().split(/\s+/).filter(Boolean);
  switch (groups["label"]) {
    case "Encryption":
      draft.encryption = words.map((word) => encryptionOfIkeV2(word));
      draft.at["encryption"] = number;
      return true;
    case "Integrity":
      draft.integrity = words.map(integrityOfIkeV2);
      draft.at["integrity"] = number;
      return true;
    case "PRF":
      draft.prf = words.map(integrityOfIkeV2);
      draft.at["prf"] = number;
      return true;
    default:
      // "DH_GROUP_2048_MODP/Group 14 DH_GROUP_256_ECP/Group 19": the number stands behind a blank.
      draft.dhGroups = [...(groups["value"] ?? "").matchAll(/Group (\d{1,2})/g)].flatMap(
        ([word]) => groupOfIkeV2(word) ?? [],
      );
      draft.at["dhGroups"] = number;
      return draft.dhGroups.length > 0;
  }
}

/** Undefined where lines are missing: what was cut off is unknown. */
function finish({ name, line, at, encryption, integrity, prf, dhGroups }: Draft): IkeProposal | undefined {
  if (encryption === undefined || dhGroups === undefined) return undefined;
  const isAead = encryption.every((cipher) => cipher.includes("gcm"));
  if (integrity === undefined && !isAead) return undefined;
  return {
    line,
    name,
    encryption,
    integrity: integrity === undefined || integrity.length === 0 ? ["none"] : integrity,
    ...(prf && { prf }),
    dhGroups,
    ...(name === "default" && { isDefault: true }),
    at,
  };
}

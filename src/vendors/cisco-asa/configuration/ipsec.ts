/** Transform sets of IKEv1 and IPsec proposals of IKEv2. */
import type { Transform } from "../../../domain/crypto.ts";
import type { TransformSet } from "../../../domain/readings/ipsec.ts";
import type { Statement } from "../../cisco-ios/configuration/statements.ts";
import { asaEncryption, asaIntegrity, asaTransform } from "../asa-words.ts";
import type { Collected, OpenProposal, Taken } from "./collected.ts";

const SET = /^crypto ipsec (?:ikev1 )?transform-set (?<name>\S{1,100}) (?<words>\S.*)$/;
const PROPOSAL = /^crypto ipsec ikev2 ipsec-proposal (?<name>\S{1,100})$/;
const PROTOCOL = /^protocol (?<protocol>esp|ah) (?<what>encryption|integrity) (?<values>\S.*)$/;

export function takeIpsec({ text, line }: Statement, collected: Collected): Taken {
  const set = SET.exec(text)?.groups;
  if (set) {
    const { name = "", words = "" } = set;
    const known = collected.transformSets.get(name);
    const mode = /^mode (?<mode>transport|tunnel)$/.exec(words)?.groups?.["mode"];
    if (mode !== undefined) {
      if (known) collected.transformSets.set(name, { ...known, mode: mode === "transport" ? "transport" : "tunnel" });
      return "read";
    }
    const transform = asaTransform(words);
    if (transform === undefined) return undefined;
    collected.transformSets.set(name, {
      name,
      line,
      transform,
      text: words,
      mode: known?.mode ?? "tunnel",
      at: { transform: line },
    });
    return "read";
  }
  const name = PROPOSAL.exec(text)?.groups?.["name"];
  if (name === undefined) return undefined;
  const open: OpenProposal = { name, line, mode: "tunnel", encryption: [], integrity: [], words: [] };
  collected.espProposals.set(name, open);
  return (statement) => {
    const groups = PROTOCOL.exec(statement.text)?.groups;
    if (groups === undefined) return false;
    const values = (groups["values"] ?? "").split(" ");
    if (groups["what"] === "encryption") open.encryption.push(...values.map((value) => asaEncryption(value)));
    else open.integrity.push(...values.map(asaIntegrity));
    open.words.push(statement.text);
    return true;
  };
}

/** A proposal as a set with its alternatives: any encryption with any integrity of its lists. */
export function setOfProposal({
  name,
  line,
  mode,
  encryption,
  integrity,
  words,
}: OpenProposal): TransformSet | undefined {
  const transforms = encryption.flatMap((cipher): Transform[] => {
    if (/gcm|gmac/.test(cipher)) return [{ encryption: cipher }];
    // Cisco ASA command reference, "protocol esp": without an integrity line it is sha-1.
    const hashes = integrity.filter((hash) => hash !== "none");
    return (hashes.length > 0 ? hashes : ["sha1"]).map((hash) => ({ encryption: cipher, integrity: hash }));
  });
  const [transform, ...alternatives] = transforms;
  if (transform === undefined) return undefined;
  const text = words.join(", ");
  return {
    name,
    line,
    transform,
    ...(alternatives.length > 0 && { alternatives }),
    text,
    mode,
    at: { transform: line },
  };
}

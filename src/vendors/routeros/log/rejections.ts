/**
 * Why proposals of IKEv1 were refused: "rejected enctype: DB(prop#1:trns#1):Peer(prop#1:trns#1) = 3DES-CBC:AES-CBC", what this
 * end has and what the peer offers. Source: racoon, src/racoon/ipsec_doi.c, from which RouterOS's IKEv1 descends.
 */
import { groupNamed } from "../../../domain/crypto.ts";
import type { IkeProposal } from "../../../domain/readings/connection.ts";
import type { AttemptDetails } from "../../../negotiations/message.ts";

const REJECTED =
  /^rejected (?<what>enctype|hashtype|dh_group): DB\(prop#\d{1,3}:trns#\d{1,3}\):Peer\(prop#\d{1,3}:trns#\d{1,3}\) = (?<mine>[\w ().-]{1,40}):(?<theirs>[\w ().-]{1,40})$/;
const GAVE_UP = /^no suitable proposal found/;

interface Rejection {
  readonly what: string;
  readonly mine: string;
  readonly theirs: string;
  readonly line: number;
}

export class Rejections {
  #found: Rejection[] = [];

  /** What both ends have, once it is said that nothing fits; only where one attribute alone stands in the way. */
  take(text: string, line: number): AttemptDetails | undefined {
    const groups = REJECTED.exec(text)?.groups;
    if (groups) {
      this.#found.push({
        what: groups["what"] ?? "",
        mine: groups["mine"] ?? "",
        theirs: groups["theirs"] ?? "",
        line,
      });
      return undefined;
    }
    if (!GAVE_UP.test(text)) return undefined;
    const found = this.#found;
    this.#found = [];
    const [first] = found;
    if (!first || found.some(({ what }) => what !== first.what)) return undefined;
    const received = found.flatMap((one) => proposalOf(one.what, one.theirs, one.line) ?? []);
    const configured = found.flatMap((one) => proposalOf(one.what, one.mine, one.line) ?? []);
    if (received.length < found.length || configured.length < found.length) return undefined;
    return { ikeCompared: { received, configured } };
  }
}

const CIPHERS: Readonly<Record<string, string>> = { "3des-cbc": "3des", "des-cbc": "des", "aes-cbc": "aes" };
const HASHES: Readonly<Record<string, string>> = {
  md5: "md5",
  sha: "sha1",
  sha1: "sha1",
  sha256: "sha256",
  "sha2-256": "sha256",
  sha384: "sha384",
  sha512: "sha512",
};

function proposalOf(what: string, printed: string, line: number): IkeProposal | undefined {
  const word = printed.trim().toLowerCase();
  if (what === "enctype") return CIPHERS[word] === undefined ? undefined : { line, encryption: [CIPHERS[word]] };
  if (what === "hashtype") return HASHES[word] === undefined ? undefined : { line, integrity: [HASHES[word]] };
  const bits = /^(\d{3,4})-bit modp group$/.exec(word)?.[1];
  const group = bits === undefined ? undefined : groupNamed(`modp${bits}`);
  return group === undefined ? undefined : { line, dhGroups: [group] };
}

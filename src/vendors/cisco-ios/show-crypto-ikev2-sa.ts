/**
 * `show crypto ikev2 sa [detailed]`: IKEv2 SAs, IPv4 and IPv6.
 * Sources: genieparser's test data (READY, IPv4 and IPv6); the fault catalogue, section 1.2 (IN-NEG, DELETE). Not
 * checked against a device: what stands under a row that is negotiating.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IkeSa, IkeSas } from "../../domain/readings/ike.ts";
import { argumentOf, hasWord, isFiller, restrictionOf } from "./ike-output.ts";
import { finishSa, readSaLine, type SaDraft, startSa } from "./show-crypto-ikev2-sa/sa.ts";

const FAMILY = /^\s*(?:#{1,6} )?IPv[46] Crypto IKEv2 {1,4}SA\s*$/;
const FIRST_FAMILY = /^\s*(?:#{1,6} )?IPv4 Crypto IKEv2 {1,4}SA\s*$/;
export const IKEV2_COLUMNS = /^[\s|]*Tunnel-id[\s|]+(?:Local[\s|]+Remote[\s|]+)?fvrf\/ivrf[\s|]+Status/;
export const IKEV2_ROW =
  /^[\s|]*\d{1,10}[\s|]+[^\s|/]{2,60}\/\d{1,5}[\s|]+[^\s|/]{2,60}\/\d{1,5}[\s|]+[^\s|/]{1,32}\/[^\s|/]{1,32}[\s|]+(?:READY|IN-NEG|DELETE|REKEY)/;
/** Only of `detailed`. */
const DETAIL = /^\s*(?:Status Description: |DPD configured for |Initiator of SA ?: )/;
const NONE = /^\s*There are no IKEv2 SAs\s*$/i;

export const showCryptoIkev2Sa: Command = {
  run: "show crypto ikev2 sa [detailed] [remote ADDRESS] [local ADDRESS] [fvrf NAME] [vrf NAME]",
  alsoRun: ["show crypto ikev2 sa detail [remote ADDRESS]", "show crypto ikev2 sa remote ADDRESS detailed"],
  looksLike: [FAMILY, IKEV2_COLUMNS, IKEV2_ROW],
  mayStartWith: [DETAIL],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const tables: SaDraft[][] = [[]];
    let isDetail = false;
    let hasFirstFamily = false;
    for (const line of output.lines) {
      const { text } = line;
      if (isFiller(text) || IKEV2_COLUMNS.test(text) || NONE.test(text)) continue;
      // Pasted twice without a prompt between: two answers, of two moments.
      if (FIRST_FAMILY.test(text) && hasFirstFamily) tables.push([]);
      hasFirstFamily ||= FIRST_FAMILY.test(text);
      if (FAMILY.test(text)) continue;
      isDetail ||= DETAIL.test(text);
      const table = tables.at(-1) ?? [];
      const started = startSa(line);
      const current = table.at(-1);
      if (started) table.push(started);
      else if (!current || !readSaLine(current, line)) unread.push(line);
    }
    const values = tables.map((sas) => toValue(output.command, sas.map(finishSa)));
    const isPlain = !hasWord(output.command, "detailed") && !hasWord(output.command, "detail");
    return { values, unread, command: isDetail && isPlain ? `${output.command} detailed` : undefined };
  },
};

function toValue(command: string, sas: readonly IkeSa[]): IkeSas {
  const asked = argumentOf(command, "remote");
  return {
    kind: "ike-sas",
    version: 2,
    sas,
    peer: asked === undefined ? undefined : (canonicalAddress(asked) ?? asked),
    restrictedTo: restrictionOf(command, ["local A", "fvrf V", "vrf V"]),
  };
}

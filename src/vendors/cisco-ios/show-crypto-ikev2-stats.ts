/**
 * `show crypto ikev2 stats` and `show crypto call admission statistics`: what the router refused because of a limit.
 * Sources: genieparser's test data; the fault catalogue, ike-admission-limit.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Admission } from "../../domain/readings/ike.ts";
import { isFiller } from "./ike-output.ts";

const REJECTED =
  /^\s*Rejected (?<what>IKE|IKEv2) Requests: {0,20}(?<all>\d{1,10}) {1,20}rsrc low: {0,20}(?<resources>\d{1,10})(?: {1,20}(?:Active )?SA limit: {0,20}(?<limit>\d{1,10}))?/i;
const IN_NEGOTIATION = /\bIn-neg SA limit: {0,20}(?<count>\d{1,10})/i;
const QUEUE =
  /^\s*(?:Incoming Requests dropped as LOW Q limit reached|Total init sa request rejected due to queue limit) ?: {0,20}(?<count>\d{1,10})/i;
const LIMITS =
  /\bMax IKE(?:v2)? SAs: {0,20}(?<sas>\d{1,10}) {1,20}Max in nego(?:\(in\/out\))?: {0,20}(?<negotiating>\d{1,10})/i;
/** With IKEv2 one line for each direction. */
const COUNT =
  /^\s*Total (?:incoming |outgoing )?IKE(?:v2)? SA Count: {0,20}\d{1,10} {1,20}active: {0,20}(?<active>\d{1,10}) {1,20}negotiating: {0,20}(?<negotiating>\d{1,10})/i;
const STRENGTH =
  /^\s*SA Strength Enforcement Rejects ?- ?incoming: {0,20}(?<incoming>\d{1,10}) {1,20}outgoing: {0,20}(?<outgoing>\d{1,10})/i;
const HEADS: readonly RegExp[] = [
  /^\s*Crypto IKEv2 SA Statistics\s*$/,
  /^\s*Crypto Call Admission Control Statistics\s*$/,
  REJECTED,
  STRENGTH,
];
const ASIDE =
  /^\s*(?:Crypto |System Resource Limit|Total |Incoming |Outgoing |IKE(?:v2)? packets|accepted:|Sessions with|PPK |Max |In-neg|Number of|Rejected|CAC|Current|Active)/i;

export const showCryptoIkev2Stats: Command = {
  run: "show crypto ikev2 stats",
  alsoRun: ["show crypto call admission statistics", "show crypto ikev2 statistics"],
  looksLike: HEADS,
  mayStartWith: [/^\s*-{20,}\s*$/],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const value: { -readonly [Field in keyof Admission]: Admission[Field] } = { kind: "admission", line: 0, at: {} };
    const at: Record<string, number> = {};
    for (const line of output.lines) {
      const { text, number } = line;
      const rejected = REJECTED.exec(text)?.groups;
      const strength = STRENGTH.exec(text)?.groups;
      const queue = QUEUE.exec(text)?.groups?.["count"];
      const negotiating = IN_NEGOTIATION.exec(text)?.groups?.["count"];
      const limits = LIMITS.exec(text)?.groups;
      const count = COUNT.exec(text)?.groups;
      if (limits) {
        const [sas, most] = [Number(limits["sas"]), Number(limits["negotiating"])];
        if (sas > 0) value.mostSas = sas;
        if (most > 0) value.mostNegotiating = most;
        at["mostSas"] = number;
      }
      if (count) {
        value.activeSas = (value.activeSas ?? 0) + Number(count["active"]);
        value.negotiating = (value.negotiating ?? 0) + Number(count["negotiating"]);
        at["activeSas"] ??= number;
      }
      if (rejected) {
        value.rejected = Number(rejected["all"]);
        value.lowResources = Number(rejected["resources"]);
        if (rejected["limit"] !== undefined) value.saLimit = Number(rejected["limit"]);
        at["rejected"] = number;
      }
      if (negotiating !== undefined) {
        value.negotiationLimit = Number(negotiating);
        at["negotiationLimit"] = number;
      }
      if (queue !== undefined) {
        value.queueLimit = (value.queueLimit ?? 0) + Number(queue);
        at["queueLimit"] = number;
      }
      if (strength) {
        value.tooWeak = Number(strength["incoming"]) + Number(strength["outgoing"]);
        at["tooWeak"] = number;
      }
      const isRead = rejected ?? strength ?? queue ?? negotiating ?? limits ?? count;
      if (isRead === undefined && !isFiller(text) && !ASIDE.test(text)) unread.push(line);
    }
    const [first] = Object.values(at);
    return { values: first === undefined ? [] : [{ ...value, line: first, at }], unread };
  },
};

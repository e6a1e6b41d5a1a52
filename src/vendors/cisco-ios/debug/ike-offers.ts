/** The IKE policies that were offered, each with what it was checked against and what was said to it. */
import type { OfferedIkePolicy } from "../../../domain/readings/log.ts";
import { authMethod, dhGroup, encryptionFromDebug, integrityFromWord } from "../ike-words.ts";
import { lifetimeSeconds } from "./lifetime.ts";

export type IkeAttribute = "encryption" | "key-length" | "hash" | "group" | "auth" | "life-type" | "life";

/** What a signature says of the offer that was just checked. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ["ike-encryption-refused", "encryption"],
  ["ike-hash-refused", "hash"],
  ["ike-group-refused", "group"],
  ["ike-key-length-refused", "key-length"],
  ["ike-auth-refused", "auth"],
  ["ike-xauth-refused", "auth"],
]);

interface Draft {
  readonly line: number;
  readonly against: number | undefined;
  readonly printed: Map<IkeAttribute, string>;
  /** The unit of the lifetime that is printed next. */
  unit: string | undefined;
  lifetimeSeconds: number | undefined;
  accepted: boolean | undefined;
  refusedFor: string | undefined;
  refusedLine: number | undefined;
}

/** Collects the offers of one attempt. */
export class IkeOffers {
  readonly #drafts: Draft[] = [];

  begin(line: number, against: number | undefined): void {
    this.#drafts.push({
      line,
      against,
      printed: new Map(),
      unit: undefined,
      lifetimeSeconds: undefined,
      accepted: undefined,
      refusedFor: undefined,
      refusedLine: undefined,
    });
  }

  /** An attribute of the offer that is open; one that begins without its heading is an offer too. */
  say(line: number, name: IkeAttribute, value: string): void {
    const last = this.#drafts.at(-1);
    if (!last || last.accepted !== undefined || (name === "encryption" && last.printed.has(name)))
      this.begin(line, undefined);
    const draft = this.#drafts.at(-1);
    if (!draft) return;
    if (name === "life-type") draft.unit = value;
    else if (name !== "life") draft.printed.set(name, value);
    else if (draft.unit === undefined || draft.unit.startsWith("sec")) draft.lifetimeSeconds ??= lifetimeSeconds(value);
  }

  judge(line: number, accepted: boolean): void {
    const draft = this.#drafts.at(-1);
    if (!draft || draft.accepted !== undefined) return;
    draft.accepted = accepted;
    if (!accepted) draft.refusedLine ??= line;
  }

  /** What a signature on this line says about the open offer. */
  hear(line: number, signature: string): void {
    const attribute = REFUSALS.get(signature);
    const draft = this.#drafts.at(-1);
    if (attribute === undefined || !draft || draft.accepted !== undefined || draft.refusedFor !== undefined) return;
    draft.refusedFor = attribute;
    draft.refusedLine = line;
  }

  finish(): OfferedIkePolicy[] {
    return this.#drafts.map(
      ({ line, against, printed, lifetimeSeconds: seconds, accepted, refusedFor, refusedLine }) => {
        const keyLength = printed.get("key-length");
        return {
          line,
          against,
          encryption: translate(printed.get("encryption"), (text) =>
            encryptionFromDebug(text, keyLength === undefined ? undefined : Number(keyLength)),
          ),
          integrity: translate(printed.get("hash"), integrityFromWord),
          auth: translate(printed.get("auth"), authMethod),
          dhGroup: translate(printed.get("group"), dhGroup),
          lifetimeSeconds: seconds,
          accepted: accepted ?? (refusedFor === undefined ? undefined : false),
          refusedFor,
          refusedLine,
        };
      },
    );
  }
}

function translate<T>(text: string | undefined, read: (text: string) => T): T | undefined {
  return text === undefined ? undefined : read(text);
}

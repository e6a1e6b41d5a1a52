/**
 * pluto's log in any form: its own file, syslog, the journal, and what `ipsec up` and `ipsec auto --up` print; with time
 * stamps and without. What the lines mean stands in knowledge/signatures.
 */
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { LogMessage } from "../../negotiations/message.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";
import { type Head, readHead } from "./log/head.ts";
import { childIn, detailsIn, type Loaded, peerIn, versionIn } from "./log/told.ts";

const STAMP =
  "(?:[A-Z][a-z]{2} {1,2}\\d{1,2}(?: \\d{4})? [\\d:]{8}(?:\\.\\d{1,9})?|\\d{4}-\\d\\d-\\d\\d[T ][\\d:]{8}[\\d.,+:Z-]{0,18})";

export const log: Command = {
  run: "journalctl -u ipsec [OPTIONS]",
  alsoRun: ["ipsec up NAME", "ipsec auto --up NAME", "ipsec auto --add NAME", "ipsec whack --initiate [OPTIONS]"],
  looksLike: [
    new RegExp(`^(?:<\\d{1,3}>(?:1 )?)?${STAMP}\\s(?:\\S{1,63} )?pluto(?:\\[\\d{1,9}\\])?: `),
    new RegExp(`^${STAMP}: (?:ERROR: )?(?:"[^"]{1,100}"|packet from [0-9a-fA-F.:]{2,50}: )`),
    /^"[^"]{1,100}"(?:\[\d{1,6}\] [0-9a-fA-F.:]{2,45}(?:===\S{1,60})?)?(?: #\d{1,9})?: \S/,
    /^\d{3} "[^"]{1,100}"(?:\[\d{1,6}\] [0-9a-fA-F.:]{2,45})? #\d{1,9}: /,
    /^(?!00[06])\d{3} (?:ERROR: )?"[^"]{1,100}"(?:\[\d{1,6}\] [0-9a-fA-F.:]{2,45})?: \S/,
    /^packet from [0-9a-fA-F.:]{2,50}:\d{1,5}: /,
  ],
  parse(output: Output, tools: ParseTools): Parsed {
    const messages: LogMessage[] = [];
    const unread: Line[] = [];
    const states = new States();
    const loaded: Loaded = new Map();
    for (const line of output.lines) {
      if (/^\s*$/.test(line.text) || ASIDE.test(line.text)) continue;
      const head = readHead(line.text);
      if (!head) {
        unread.push(line);
        continue;
      }
      const text = states.inContext(head);
      messages.push({
        line: line.number,
        text,
        time: head.time,
        seconds: head.seconds,
        exchange: states.exchangeOf(head),
        names: head.connection === undefined ? undefined : { connection: head.connection, child: head.connection },
        peer: head.peer ?? peerIn(head.text),
        version: versionIn(head.text),
        details: detailsIn(head.text, line.number, head.connection ?? "", loaded),
      });
    }
    return { values: [readNegotiations(messages, tools.signatures, "syslog")], unread, command: "syslog" };
  },
};

const ASIDE = /^(?:-- |Logs begin at |\d{3} (?!"))/;

/** Which negotiation a state is of: an IPsec SA has a number of its own, and is negotiated under the IKE SA's. */
class States {
  readonly #parents = new Map<string, string>();
  readonly #ike = new Map<string, string>();
  readonly #up = new Set<string>();
  readonly #methodRefused = new Set<string>();

  exchangeOf({ connection = "", state, text }: Head): string | undefined {
    if (state === undefined) return undefined;
    const known = this.#parents.get(state);
    if (known !== undefined) return known;
    const child = childIn(text);
    const parent = child && (child.parent ?? this.#ike.get(connection));
    if (parent !== undefined && parent !== state) {
      this.#parents.set(state, parent);
      return parent;
    }
    if (!child) this.#ike.set(connection, state);
    if (/established IKE SA|(?:IKE|ISAKMP|PARENT) SA established/.test(text)) this.#up.add(state);
    return state;
  }

  /**
   * A refusal that says nothing of the phase is quick mode's once IKE is up; one of all transforms follows also where only
   * the method was refused, or the key is missing.
   */
  inContext({ state, text }: Head): string {
    if (state !== undefined && /Attribute OAKLEY_AUTHENTICATION_METHOD$/.test(text)) this.#methodRefused.add(state);
    if (state !== undefined && text === "no acceptable Oakley Transform" && this.#methodRefused.has(state))
      return `${text} (for its method)`;
    const isVague =
      /^(?:received and ignored notification payload|ignoring informational payload):? (?:NO_PROPOSAL|INVALID_ID)/.test(
        text,
      );
    return isVague && state !== undefined && this.#up.has(state) ? `${text} (Quick Mode)` : text;
  }
}

/**
 * charon's log in any form: journal, syslog, its own file, the output of `swanctl --initiate` and `swanctl --log`; with
 * time stamps and without. What the lines mean stands in knowledge/signatures.
 */
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { TunnelNames } from "../../domain/readings/names.ts";
import type { AttemptDetails } from "../../negotiations/message.ts";
import { NegotiationReader } from "../../negotiations/negotiations.ts";
import { readHead, readUsualHead } from "./log/head.ts";
import { readTold, type Told } from "./log/told.ts";
import { PrintedAlgorithms } from "./proposals.ts";
import { readSelectors } from "./selectors.ts";

const GROUP = "(?:ASN|CFG|CHD|DMN|ENC|ESP|IKE|IMC|IMV|JOB|KNL|LIB|MGR|NET|PTS|TLS|TNC)";
const DAEMON = "(?:charon|charon-systemd|charon-nm|charon-cmd|strongswan|ipsec|ipsec_starter|starter)";
const STAMP =
  "(?:[A-Z][a-z]{2} {1,2}\\d{1,2}(?: \\d{4})? [\\d:]{8}(?:\\.\\d{1,9})?|\\d{4}-\\d\\d-\\d\\d[T ][\\d:]{8}[\\d.,+:Z-]{0,18})";

export const log: Command = {
  run: "journalctl -u strongswan [OPTIONS]",
  alsoRun: [
    "journalctl -u strongswan-starter [OPTIONS]",
    "journalctl -u ipsec [OPTIONS]",
    "swanctl --log",
    "swanctl --initiate [OPTIONS]",
    "swanctl -i [OPTIONS]",
    "ipsec up NAME",
  ],
  looksLike: [
    new RegExp(`^\\d\\d\\[${GROUP}\\d?\\] `),
    new RegExp(`^\\[${GROUP}\\d?\\] `),
    new RegExp(`^(?:<\\d{1,3}>)?${STAMP}\\s{1,8}(?:\\S{1,63}\\s{1,8}){0,3}\\d\\d\\[${GROUP}\\d?\\] `),
    new RegExp(
      `^(?:<\\d{1,3}>(?:1 )?)?${STAMP}\\s(?:\\S{1,63}\\s){0,2}${DAEMON}(?:-[\\w-]{1,30})?(?:\\[\\d{1,9}\\])?(?:: |\\s)`,
    ),
  ],
  continues: isOwnLine,
  parse(output: Output, tools: ParseTools): Parsed {
    const negotiations = new NegotiationReader(tools.signatures);
    const unread: Line[] = [];
    const compared = new Compared();
    const names = new Names();
    for (const line of output.lines) {
      const head = readUsualHead(line.text) ?? (isAside(line.text) ? "aside" : readHead(line.text));
      if (head === "aside") continue;
      if (!head) {
        unread.push(line);
        continue;
      }
      const told = readTold(head.text);
      negotiations.take({
        line: line.number,
        text: head.text,
        time: head.time,
        seconds: head.seconds,
        exchange: told?.exchange ?? head.exchange,
        peer: told?.peer,
        local: told?.local,
        version: told?.version,
        names: names.of(head.connectionName ?? told?.connectionName, told?.childName),
        details: detailsOf(told, compared, line.number),
      });
    }
    return { values: [negotiations.finish("syslog")], unread, command: "syslog" };
  },
};

function isAside(text: string): boolean {
  return /^\s*$/.test(text) || ASIDE.test(text);
}

const ASIDE =
  /^(?:-- |initiate (?:completed|failed)|terminate |Hint: |establishing connection '|connection '\S{1,120}' established|\.\.\.$|Logs begin at )/;

/** Most of a log's lines are the daemon's own file's; those need no further look. */
function isOwnLine(text: string): boolean {
  return /^(?:[A-Z][a-z]{2} [ \d]\d [\d:]{8} (?:[\w.-]{1,63} charon(?:-systemd)?\[\d{1,9}\]: )?)?\d\d\[[A-Z]{3}\d?\] /.test(
    text,
  );
}

/** The same names stand on line after line: one object for all that follow each other. */
class Names {
  #last: TunnelNames = {};

  of(connection: string | undefined, child: string | undefined): TunnelNames | undefined {
    if (connection === undefined && child === undefined) return undefined;
    if (connection !== this.#last.connection || child !== this.#last.child)
      this.#last = { ...(connection !== undefined && { connection }), ...(child !== undefined && { child }) };
    return this.#last;
  }
}

/** What was received is printed first, what is configured on the next line. */
class Compared {
  readonly printed = new PrintedAlgorithms();
  received: Told["proposals"];
  receivedLine = 0;
}

function detailsOf(told: Told | undefined, compared: Compared, line: number): AttemptDetails | undefined {
  if (!told) return undefined;
  if (told.selectors) {
    const [local] = readSelectors(told.selectors.local) ?? [];
    const [remote] = readSelectors(told.selectors.remote) ?? [];
    return local && remote ? { proxies: [{ line, local, remote }] } : undefined;
  }
  const { proposals } = told;
  if (!proposals) return undefined;
  if (proposals.are === "received") {
    compared.received = proposals;
    compared.receivedLine = line;
    return undefined;
  }
  const { received, receivedLine, printed } = compared;
  compared.received = undefined;
  if (!received) return undefined;
  if (proposals.text.startsWith("IKE:"))
    return {
      ikeCompared: {
        received: printed.ikeProposals(received.text, receivedLine),
        configured: printed.ikeProposals(proposals.text, line),
      },
    };
  return {
    espCompared: {
      received: printed.espProposals(received.text, receivedLine),
      configured: printed.espProposals(proposals.text, line),
    },
  };
}

/** `show security flow session`: what NAT makes of each session; "In" is as it arrived, "Out" what comes back to it. */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { NatTranslation } from "../../domain/readings/path.ts";
import { isMark } from "./marks.ts";

const SESSION = /^Session ID: \d{1,20}, Policy name: /;
const WING =
  /^\s{0,4}(?<way>In|Out): (?<from>[0-9a-fA-F.:]{2,45})\/(?<fromPort>\d{1,5}) --> (?<to>[0-9a-fA-F.:]{2,45})\/(?<toPort>\d{1,5});(?<protocol>\w{1,12}),/;
const OTHER =
  /^(?:Total sessions: |Flow Sessions on |Resource information |\s{2}(?:Resource|Tunnel|Session)|Source NAT pool)/;

export const showFlowSession: Command = {
  run: "show security flow session [destination-prefix NETWORK1] [source-prefix NETWORK2] [protocol NAME] [destination-port NUMBER] [interface NAME2] [brief]",
  looksLike: [SESSION, WING, /^Total sessions: \d{1,9}$/],
  parse(output: Output): Parsed {
    const translations: NatTranslation[] = [];
    const unread: Line[] = [];
    let incoming: Readonly<Record<string, string>> | undefined;
    for (const line of output.lines) {
      const { text, number } = line;
      const wing = WING.exec(text)?.groups;
      if (wing?.["way"] === "In") incoming = wing;
      else if (wing && incoming) {
        translations.push(translationOf(incoming, wing, number));
        incoming = undefined;
      } else if (SESSION.test(text)) incoming = undefined;
      else if (!isMark(text) && !OTHER.test(text)) unread.push(line);
    }
    return { values: translations.length === 0 ? [] : [{ kind: "nat-translations", translations }], unread };
  },
};

function translationOf(
  incoming: Readonly<Record<string, string>>,
  outgoing: Readonly<Record<string, string>>,
  line: number,
): NatTranslation {
  return {
    line,
    protocol: incoming["protocol"] ?? "",
    insideLocal: incoming["from"],
    insideGlobal: outgoing["to"],
    outsideLocal: incoming["to"],
    outsideGlobal: outgoing["from"],
  };
}

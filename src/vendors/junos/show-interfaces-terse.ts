/** `show interfaces terse`. An st0 unit is down whenever its tunnel is, so its state says nothing of the way to the peer. */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { InterfaceState } from "../../domain/readings/path.ts";
import { isMark } from "./marks.ts";

const HEAD = /^Interface\s{1,40}Admin Link Proto\s{1,12}Local/;
const ROW =
  /^(?<name>[a-z]{2,5}\d{0,3}(?:-\d{1,2}\/\d{1,2}\/\d{1,3})?(?::\d{1,3})?(?:\.\d{1,6})?)\s{1,40}(?<admin>up|down)\s{1,6}(?<link>up|down)(?:\s{1,6}(?<family>inet6?|aenet|mpls|iso|eth-switch|multiservice|tnp|ccc|vpls))?(?:\s{1,12}(?<address>[0-9a-fA-F.:]{2,45})(?:\/\d{1,3})?)?/;
const MORE = /^\s{20,80}(?:inet6?|mpls|iso|tnp|multiservice|[0-9a-fA-F.:]{2,45})/;

export const showInterfacesTerse: Command = {
  run: "show interfaces terse [NAME]",
  alsoRun: ["show interfaces NAME terse"],
  looksLike: [HEAD],
  parse(output: Output): Parsed {
    const interfaces: InterfaceState[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const { text, number } = line;
      if (isMark(text) || HEAD.test(text) || MORE.test(text)) continue;
      const groups = ROW.exec(text)?.groups;
      if (!groups) {
        unread.push(line);
        continue;
      }
      const { name = "", admin, link, family, address } = groups;
      const isTunnel = name.startsWith("st0");
      interfaces.push({
        line: number,
        name,
        address: family?.startsWith("inet") ? address : undefined,
        ...(!isTunnel && { status: admin === "down" ? "administratively down" : link, protocol: link }),
        at: {},
      });
    }
    if (interfaces.length === 0) return { values: [], unread };
    return { values: [{ kind: "interfaces", from: "brief", interfaces, complete: false }], unread };
  },
};

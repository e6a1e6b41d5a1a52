/**
 * `test routing fib-lookup virtual-router NAME ip ADDRESS`: by which interface packets to an address leave.
 * Source: knowledge base articles on route look-ups; the answer where there is no route was not seen printed.
 */
import { canonicalAddress, hostNetwork } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";

const TITLE = /^\s*runtime route lookup\s*$/;
const ROUTER = /^\s*virtual-router:\s{1,20}\S/;
const DESTINATION = /^\s*destination:\s{1,20}(?<address>[0-9a-fA-F.:]{2,45})\s*$/;
const RESULT =
  /^\s*(?:result:\s{0,20})?(?:(?:via|to) (?<hop>[0-9a-fA-F.:]{2,45}|host)[, ]{1,3})?interface (?<interface>[\w/.-]{1,31})/;
const NONE = /^\s*(?:result:\s{0,20})?(?:no route|unreachable|discard|not found)/i;
const HEAD = /^\s*result:\s*$/;
const RULER = /^[\s-]*$/;

export const testRoutingFibLookup: Command = {
  run: "test routing fib-lookup virtual-router NAME ip ADDRESS",
  alsoRun: ["test routing fib-lookup ip ADDRESS virtual-router NAME"],
  looksLike: [TITLE, DESTINATION],
  mayStartWith: [/^-{60,100}$/],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    let asked: string | undefined;
    let answer: { line: number; hop: string | undefined; exit: string | undefined } | undefined;
    for (const { number, text } of output.lines) {
      const destination = DESTINATION.exec(text)?.groups?.["address"];
      const result = RESULT.exec(text)?.groups;
      if (destination !== undefined) asked = canonicalAddress(destination);
      else if (result) answer = { line: number, hop: canonicalAddress(result["hop"] ?? ""), exit: result["interface"] };
      else if (NONE.test(text)) answer = { line: number, hop: undefined, exit: undefined };
      else if (![TITLE, ROUTER, HEAD, RULER].some((pattern) => pattern.test(text))) unread.push({ number, text });
    }
    const network = hostNetwork(asked ?? "");
    if (asked === undefined || !answer || !network) return { values: [], unread };
    const { line, hop, exit } = answer;
    if (exit === undefined) return { values: [{ kind: "routes", asked, routes: [], notInTableLine: line }], unread };
    // The answer does not tell whether the default route served it: it stands for this address alone.
    const routes = [{ line, network, via: [{ line, nextHop: hop, interface: exit }] }];
    return { values: [{ kind: "routes", asked, routes }], unread };
  },
};

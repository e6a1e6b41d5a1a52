/** The lines that exempt flows in the access list by which a NAT rule chooses. */
import type { AccessList } from "../../domain/readings/ipsec.ts";
import { decide } from "../../tunnel/compare/acl-decision.ts";
import type { Flow } from "../../tunnel/compare/flow.ts";
import { flowWords } from "./ios-words.ts";

export function packetsOf(flow: Flow) {
  return { source: flow.source, destination: flow.destination, protocol: flow.protocol };
}

/** Denies before the first entry; one that stands too late has to go first, since IOS takes no entry twice. */
export function listLines(name: string | undefined, list: AccessList | undefined, flows: readonly Flow[]): string[] {
  const title = `ip access-list extended ${name ?? "<NAT access list>"}`;
  if (flows.length === 0) return [title, " <number before its permit> deny ip <network here> <network there>"];
  const missing = flows.filter((flow) => !list || decide(list.entries, packetsOf(flow)).action !== "deny");
  const words = (missing.length > 0 ? missing : flows).map(flowWords);
  if (!list) return [title, ...words.map((text) => ` <number before its permit> deny ${text}`)];
  const late = list.entries.filter(({ action, text }) => action === "deny" && words.includes(text.slice(5)));
  const first = list.entries[0]?.sequence ?? 10;
  const step = Math.max(10, 10 * Math.ceil((words.length + 1) / 10));
  const room = first > words.length ? first : step;
  return [
    ...(room === first ? [] : [`ip access-list resequence ${list.name} ${step} 10`]),
    title,
    ...late.map(({ text }) => ` no ${text}`),
    ...words.map((text, index) => ` ${Math.floor((room * (index + 1)) / (words.length + 1))} deny ${text}`),
  ];
}

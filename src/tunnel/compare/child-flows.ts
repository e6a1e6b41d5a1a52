/** What a connection's child protects, as the entries and flows that crypto ACLs are compared by. */
import type { ConnectionChild } from "../../domain/readings/connection.ts";
import type { AclEntry, Selector } from "../../domain/readings/ipsec.ts";
import { type Flow, flowName, flowOfSelectors } from "./flow.ts";

/** Every pair of its local and remote selectors; none where they are not shown, or are the endpoints themselves. */
export function flowsOfChild({ local = [], remote = [] }: ConnectionChild): Flow[] {
  return local.flatMap((one) =>
    remote.filter((other) => isOneFamily(one, other)).map((other) => flowOfSelectors(one, other)),
  );
}

/** The same as entries that permit them. */
export function entriesOfChild(child: ConnectionChild): AclEntry[] {
  const line = child.at["local"] ?? child.at["remote"] ?? child.line;
  const destinationLine = child.at["remote"] === line ? undefined : child.at["remote"];
  return flowsOfChild(child).map((flow) => ({
    line,
    ...(destinationLine !== undefined && { destinationLine }),
    action: "permit",
    protocol: flow.protocol,
    source: { network: flow.source, ...(flow.sourcePort !== "" && { port: flow.sourcePort }) },
    destination: { network: flow.destination, ...(flow.destinationPort !== "" && { port: flow.destinationPort }) },
    options: [],
    text: flowName(flow),
  }));
}

function isOneFamily(one: Selector, other: Selector): boolean {
  return one.network.family === other.network.family;
}

/** `show crypto isakmp sa count`: how many IKE SAs there are, by standing. */
import type { Line } from "../../../domain/output.ts";
import type { IkeSaCount } from "../../../domain/readings/ike.ts";

const COUNT = /^\s*(?<which>Active|Standby|Currently being negotiated|Dead) ISAKMP SA.{0,2}s: ?(?<count>\d{1,9})\s*$/;
const FIELDS: Readonly<Record<string, "active" | "standby" | "negotiating" | "dead">> = {
  Active: "active",
  Standby: "standby",
  "Currently being negotiated": "negotiating",
  Dead: "dead",
};

/** Adds the line's count to `sofar`; undefined if it is no such line. */
export function readCount(sofar: IkeSaCount | undefined, line: Line): IkeSaCount | undefined {
  const match = COUNT.exec(line.text)?.groups;
  const field = FIELDS[match?.["which"] ?? ""];
  if (field === undefined) return undefined;
  return { ...(sofar ?? { kind: "ike-sa-count", line: line.number }), [field]: Number(match?.["count"]) };
}

/** Whether the counts together say that there is no IKE SA at all. */
export function saysNone(count: IkeSaCount): boolean {
  return [count.active, count.standby, count.negotiating, count.dead].every((each) => each === 0);
}

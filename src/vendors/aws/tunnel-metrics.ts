/**
 * CloudWatch's metrics of a tunnel, `aws cloudwatch get-metric-statistics` and `get-metric-data`: bytes that AWS received from
 * the customer gateway (TunnelDataIn) and sent to it (TunnelDataOut), and whether the tunnel was up (TunnelState).
 * Source: AWS Site-to-Site VPN user guide, "Monitor AWS Site-to-Site VPN tunnels using Amazon CloudWatch".
 */
import type { Command, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { ReadingValue } from "../../domain/readings/index.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";
import { groupsOf, jsonLeaves, type Leaf } from "./json-leaves.ts";

interface Point {
  readonly metric: string;
  readonly time: string;
  readonly value: number;
  readonly line: number;
}

const BYTES = /^TunnelData(?<way>In|Out)$/;

export const tunnelMetrics: Command = {
  run: "aws cloudwatch get-metric-statistics [--namespace NAME] [--metric-name NAME] [--dimensions NAME] [--start-time TIME] [--end-time TIME] [--period SECONDS] [--statistics NAME] [--unit NAME] [--region REGION] [--profile PROFILE] [--output FORM]",
  alsoRun: [
    "aws cloudwatch get-metric-data [--metric-data-queries FILE] [--start-time TIME] [--end-time TIME] [--region REGION] [--profile PROFILE] [--output FORM]",
  ],
  looksLike: [
    /^\s*"Label": "Tunnel(?:DataIn|DataOut|State)"/,
    /^\{\s*"Label": "Tunnel(?:DataIn|DataOut|State)"/,
    /^\s*"MetricDataResults": \[/,
  ],
  mayStartWith: [/^\{$/],
  inPieces: true,
  parse(output: Output, { signatures }: ParseTools): Parsed {
    const points = pieces(output).flatMap(pointsIn);
    const values: ReadingValue[] = [];
    const flow = flowOf(points);
    if (flow) values.push({ kind: "crypto-sessions", sessions: [flow], detail: false });
    const states = points
      .filter(({ metric }) => metric === "TunnelState")
      .sort((one, other) => one.time.localeCompare(other.time))
      // An average between the two is a change within the period.
      .map(({ value, line, time }) => ({
        line,
        text: `TunnelState ${value === 0 ? "down" : value === 1 ? "up" : "partly"}`,
        seconds: Date.parse(time) / 1000 || 0,
        time,
      }));
    if (states.length > 0) values.push(readNegotiations(states, signatures, "syslog"));
    return { values, unread: [] };
  },
};

/** Each command's answer is a JSON text of its own. */
function pieces({ lines }: Output): (readonly Leaf[])[] {
  const starts = lines.flatMap(({ text }, index) => (/^\{/.test(text) ? [index] : []));
  const bounds = starts.length === 0 ? [0] : starts;
  return bounds.map((start, at) => jsonLeaves(lines.slice(start, bounds[at + 1] ?? lines.length)).leaves);
}

function pointsIn(leaves: readonly Leaf[]): Point[] {
  const label = leaves.find(({ path }) => path.length === 1 && path[0] === "Label")?.value;
  if (label !== undefined)
    return groupsOf(leaves, "Datapoints").flatMap((point) => {
      const value = point.find(({ path }) => /^(?:Sum|Average|Minimum|Maximum)$/.test(`${path[0]}`));
      const time = point.find(({ path }) => path[0] === "Timestamp")?.value ?? "";
      return value ? [{ metric: label, time, value: Number(value.value), line: value.line }] : [];
    });
  return groupsOf(leaves, "MetricDataResults").flatMap((series) => {
    const metric = series.find(({ path }) => path[0] === "Label")?.value ?? "";
    const times = series.filter(({ path }) => path[0] === "Timestamps");
    const values = series.filter(({ path }) => path[0] === "Values");
    return values.map(({ value, line }, at) => ({ metric, time: times[at]?.value ?? "", value: Number(value), line }));
  });
}

/** The sums of both ways; undefined where neither was shown. */
function flowOf(points: readonly Point[]) {
  const sums: Record<string, number> = {};
  const lines: Record<string, number> = {};
  for (const { metric, value, line } of points) {
    const way = BYTES.exec(metric)?.groups?.["way"];
    if (way === undefined || Number.isNaN(value)) continue;
    const name = way === "In" ? "bytesIn" : "bytesOut";
    // Where something came, its line tells most.
    if (lines[name] === undefined || (value > 0 && sums[name] === 0)) lines[name] = line;
    sums[name] = (sums[name] ?? 0) + value;
  }
  const line = lines["bytesIn"] ?? lines["bytesOut"];
  if (line === undefined) return undefined;
  const { bytesIn, bytesOut } = sums;
  const flow = { line, text: "all traffic of the tunnel", activeSas: 1, bytesIn, bytesOut, at: lines };
  return { line, ikeSas: [], flows: [flow], at: {} };
}

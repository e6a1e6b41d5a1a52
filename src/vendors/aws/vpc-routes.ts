/**
 * `aws ec2 describe-route-tables`: each table's routes, told as a table of its own ("rtb-…"), since the table that counts is
 * that of the host's subnet. Source: EC2 API reference (RouteTable, Route).
 */
import { networkFromText } from "../../domain/network.ts";
import type { Command, Output, Parsed } from "../../domain/output.ts";
import type { Route, Routes } from "../../domain/readings/path.ts";
import { CLI_OPTIONS } from "./aws-words.ts";
import { groupsOf, jsonLeaves, type Leaf } from "./json-leaves.ts";

const TARGETS = new Set([
  "GatewayId",
  "TransitGatewayId",
  "NatGatewayId",
  "NetworkInterfaceId",
  "InstanceId",
  "VpcPeeringConnectionId",
  "EgressOnlyInternetGatewayId",
  "LocalGatewayId",
  "CarrierGatewayId",
]);

export const describeRouteTables: Command = {
  run: `aws ec2 describe-route-tables [--route-table-ids ID] ${CLI_OPTIONS}`,
  looksLike: [/^\s*"RouteTables":/, /^\{\s*"RouteTables":/],
  mayStartWith: [/^\{$/],
  parse(output: Output): Parsed {
    const { leaves, isWhole, unread } = jsonLeaves(output.lines);
    // Of a table that was cut a route may be missing.
    if (!isWhole) return { values: [], unread };
    const values = groupsOf(leaves, "RouteTables").flatMap((table): Routes[] => {
      const id = table.find(({ path }) => path.length === 1 && path[0] === "RouteTableId")?.value;
      const routes = groupsOf(table, "Routes").flatMap(routeOf);
      return id === undefined || routes.length === 0 ? [] : [{ kind: "routes", vrf: id, routes }];
    });
    return { values, unread };
  },
};

function routeOf(leaves: readonly Leaf[]): Route[] {
  const named = (name: string) => leaves.find(({ path }) => path[0] === name);
  const destination = named("DestinationCidrBlock") ?? named("DestinationIpv6CidrBlock");
  const network = networkFromText(destination?.value ?? "");
  const target = leaves.find(({ path }) => TARGETS.has(`${path[0]}`));
  if (!destination || !network || !target) return [];
  const isLost = named("State")?.value === "blackhole";
  const line = destination.line;
  return [
    {
      line,
      network,
      source: isLost ? "blackhole" : target.value === "local" ? "connected" : "static",
      via: [{ line: target.line, interface: target.value }],
    },
  ];
}

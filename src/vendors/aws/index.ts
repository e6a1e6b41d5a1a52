/** AWS Site-to-Site VPN: what the AWS CLI prints, the tunnel logs, metrics and flow logs of CloudWatch, and the configuration that it offers to download. */
import type { Vendor } from "../../domain/output.ts";
import { describeVpnConnections } from "./describe-vpn-connections.ts";
import { downloadedConfiguration } from "./downloaded-configuration.ts";
import { flowLog } from "./flow-log.ts";
import { tunnelLog } from "./tunnel-log.ts";
import { tunnelMetrics } from "./tunnel-metrics.ts";
import { describeNetworkAcls, describeSecurityGroups } from "./vpc-filters.ts";
import { describeRouteTables } from "./vpc-routes.ts";

export const aws: Vendor = {
  id: "aws",
  name: "AWS Site-to-Site VPN",
  prompt: /^\[cloudshell-user@(?<host>[\w.-]{1,63}) [^\]]{1,200}\]\$ /,
  commands: [
    describeVpnConnections,
    tunnelLog,
    downloadedConfiguration,
    tunnelMetrics,
    describeRouteTables,
    describeSecurityGroups,
    describeNetworkAcls,
    flowLog,
  ],
};

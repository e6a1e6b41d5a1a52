/** AWS Site-to-Site VPN: what the AWS CLI prints, the tunnel logs, and the configuration that it offers to download. */
import type { Vendor } from "../../domain/output.ts";
import { describeVpnConnections } from "./describe-vpn-connections.ts";
import { downloadedConfiguration } from "./downloaded-configuration.ts";
import { tunnelLog } from "./tunnel-log.ts";

export const aws: Vendor = {
  id: "aws",
  name: "AWS Site-to-Site VPN",
  prompt: /^\[cloudshell-user@(?<host>[\w.-]{1,63}) [^\]]{1,200}\]\$ /,
  commands: [describeVpnConnections, tunnelLog, downloadedConfiguration],
};

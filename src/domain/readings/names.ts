/** What a device calls a tunnel where it shows or logs it: a fix is then typed by these names. */
export interface TunnelNames {
  /** The connection, gateway or phase 1. */
  readonly connection?: string | undefined;
  /** The pair of networks: child, phase 2; of PAN-OS "TUNNEL:PROXY-ID". */
  readonly child?: string | undefined;
  readonly tunnelInterface?: string | undefined;
  /** The number by which the device lists it. */
  readonly number?: string | undefined;
}

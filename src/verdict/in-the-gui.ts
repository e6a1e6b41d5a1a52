/** Where a firewall's own pages have what a fix or an ask is about. */
import type { Gui } from "../tunnel/gui.ts";

/** Source: the manuals of pfSense ("IPsec VPN") and OPNsense ("IPsec"). */
const CHANGED: Readonly<Record<Gui, string>> = {
  pfsense:
    "On pfSense the tunnel is set in VPN > IPsec > Tunnels, then Apply Changes. The GUI writes swanctl.conf anew: don't edit it.",
  opnsense:
    "On OPNsense the tunnel is set in VPN > IPsec > Connections, then Apply. The GUI writes swanctl.conf anew: don't edit it.",
};
const SEEN: Readonly<Record<Gui, string>> = {
  pfsense:
    "pfSense shows it in the GUI too: Status > IPsec, Status > System Logs > IPsec, and the settings in VPN > IPsec > Tunnels.",
  opnsense: "OPNsense shows it in the GUI too: VPN > IPsec > Log File, and the settings in VPN > IPsec > Connections.",
};

/** A sentence for a fix; "" where the device has no such pages. */
export function changedInGui(gui: Gui | undefined): string {
  return gui === undefined ? "" : ` ${CHANGED[gui]}`;
}

/** A sentence for an ask; "" where the device has no such pages. */
export function seenInGui(gui: Gui | undefined): string {
  return gui === undefined ? "" : ` ${SEEN[gui]}`;
}

/** Every command whose fixtures are compared. */
import type { Mapping } from "../mapping.ts";
import { otherCommands } from "./other-commands.ts";
import { ping } from "./ping.ts";
import { showAccessLists } from "./show-access-lists.ts";
import { showCryptoIpsecSa } from "./show-crypto-ipsec-sa.ts";
import { showCryptoIsakmpPeers } from "./show-crypto-isakmp-peers.ts";
import { showCryptoIsakmpPolicy } from "./show-crypto-isakmp-policy.ts";
import { showCryptoIsakmpSa } from "./show-crypto-isakmp-sa.ts";
import { showCryptoMap } from "./show-crypto-map.ts";
import { showCryptoSession } from "./show-crypto-session.ts";
import { showIpCef } from "./show-ip-cef.ts";
import { showIpInterfaceBrief } from "./show-ip-interface-brief.ts";
import { showIpNatTranslations } from "./show-ip-nat-translations.ts";
import { showIpRoute } from "./show-ip-route.ts";
import { showRunningConfig } from "./show-running-config.ts";

export const MAPPINGS: readonly Mapping[] = [
  showCryptoIsakmpSa,
  showCryptoIsakmpPolicy,
  showCryptoIsakmpPeers,
  showCryptoSession,
  showCryptoIpsecSa,
  showCryptoMap,
  showAccessLists,
  showIpRoute,
  showIpCef,
  ping,
  showIpNatTranslations,
  showIpInterfaceBrief,
  showRunningConfig,
  // Takes what no other one knows.
  otherCommands,
];

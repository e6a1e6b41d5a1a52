/** Every command whose fixtures are compared. */
import type { Mapping } from "../mapping.ts";
import { ASA_MAPPINGS } from "./asa.ts";
import { otherCommands } from "./other-commands.ts";
import { ping } from "./ping.ts";
import { showAccessLists } from "./show-access-lists.ts";
import { showCryptoIkev2Proposal } from "./show-crypto-ikev2-proposal.ts";
import { showCryptoIkev2Sa } from "./show-crypto-ikev2-sa.ts";
import { showCryptoIkev2Stats } from "./show-crypto-ikev2-stats.ts";
import { showCryptoIpsecProfile } from "./show-crypto-ipsec-profile.ts";
import { showCryptoIpsecSa } from "./show-crypto-ipsec-sa.ts";
import { showCryptoIsakmpPeers } from "./show-crypto-isakmp-peers.ts";
import { showCryptoIsakmpPolicy } from "./show-crypto-isakmp-policy.ts";
import { showCryptoIsakmpSa } from "./show-crypto-isakmp-sa.ts";
import { showCryptoMap } from "./show-crypto-map.ts";
import { showCryptoPkiCertificates } from "./show-crypto-pki-certificates.ts";
import { showCryptoSession } from "./show-crypto-session.ts";
import { showDmvpn } from "./show-dmvpn.ts";
import { showIpCef } from "./show-ip-cef.ts";
import { showIpInterfaceBrief } from "./show-ip-interface-brief.ts";
import { showIpNatTranslations } from "./show-ip-nat-translations.ts";
import { showIpNhrp } from "./show-ip-nhrp.ts";
import { showIpRoute } from "./show-ip-route.ts";
import { showRunningConfig } from "./show-running-config.ts";
import { traceroute } from "./traceroute.ts";

export const MAPPINGS: readonly Mapping[] = [
  ...ASA_MAPPINGS,
  showCryptoIsakmpSa,
  showCryptoIsakmpPolicy,
  showCryptoIsakmpPeers,
  showCryptoSession,
  showCryptoIkev2Sa,
  showCryptoIkev2Proposal,
  showCryptoIkev2Stats,
  showCryptoIpsecProfile,
  showCryptoIpsecSa,
  showCryptoMap,
  showAccessLists,
  showIpRoute,
  showIpCef,
  ping,
  traceroute,
  showDmvpn,
  showIpNhrp,
  showCryptoPkiCertificates,
  showIpNatTranslations,
  showIpInterfaceBrief,
  showRunningConfig,
  // Takes what no other one knows.
  otherCommands,
];

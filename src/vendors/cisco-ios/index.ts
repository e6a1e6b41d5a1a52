/** Cisco IOS and IOS-XE. */
import type { Vendor } from "../../domain/output.ts";
import { ciscoTraceroute } from "../linux/traceroute.ts";
import { configuration } from "./configuration.ts";
import { ping } from "./ping.ts";
import { showAccessLists } from "./show-access-lists.ts";
import { showClock } from "./show-clock.ts";
import { showCryptoEngineConnectionsActive } from "./show-crypto-engine-connections-active.ts";
import { showCryptoIkev2Policy } from "./show-crypto-ikev2-policy.ts";
import { showCryptoIkev2Profile } from "./show-crypto-ikev2-profile.ts";
import { showCryptoIkev2Proposal } from "./show-crypto-ikev2-proposal.ts";
import { showCryptoIkev2Sa } from "./show-crypto-ikev2-sa.ts";
import { showCryptoIkev2Session } from "./show-crypto-ikev2-session.ts";
import { showCryptoIkev2Stats } from "./show-crypto-ikev2-stats.ts";
import { showCryptoIpsecProfile } from "./show-crypto-ipsec-profile.ts";
import { showCryptoIpsecSa } from "./show-crypto-ipsec-sa.ts";
import { showCryptoIpsecTransformSet } from "./show-crypto-ipsec-transform-set.ts";
import { showCryptoIsakmpKey } from "./show-crypto-isakmp-key.ts";
import { showCryptoIsakmpPeers } from "./show-crypto-isakmp-peers.ts";
import { showCryptoIsakmpPolicy } from "./show-crypto-isakmp-policy.ts";
import { showCryptoIsakmpSa } from "./show-crypto-isakmp-sa.ts";
import { showCryptoMap } from "./show-crypto-map.ts";
import { showCryptoPkiCertificates } from "./show-crypto-pki-certificates.ts";
import { showCryptoPkiTrustpointsStatus } from "./show-crypto-pki-trustpoints-status.ts";
import { showCryptoSession } from "./show-crypto-session.ts";
import { showDmvpn } from "./show-dmvpn.ts";
import { showInterfaceTunnel } from "./show-interface-tunnel.ts";
import { showIpCef } from "./show-ip-cef.ts";
import { showIpInterfaceBrief } from "./show-ip-interface-brief.ts";
import { showIpNatTranslations } from "./show-ip-nat-translations.ts";
import { showIpNhrp } from "./show-ip-nhrp.ts";
import { showIpRoute } from "./show-ip-route.ts";
import { showVersion } from "./show-version.ts";
import { showLogging } from "./syslog.ts";

export const ciscoIos: Vendor = {
  id: "cisco-ios",
  name: "Cisco IOS and IOS-XE",
  prompt: /^(?<host>[A-Za-z][\w.-]{0,62})(?:\([\w-]{1,30}\))?[#>]\s*/,
  commands: [
    configuration,
    showCryptoIsakmpSa,
    showCryptoIsakmpPolicy,
    showCryptoIsakmpPeers,
    showCryptoIsakmpKey,
    showCryptoSession,
    showCryptoIkev2Sa,
    showCryptoIkev2Session,
    showCryptoIkev2Proposal,
    showCryptoIkev2Policy,
    showCryptoIkev2Profile,
    showCryptoIkev2Stats,
    showCryptoIpsecProfile,
    showCryptoIpsecSa,
    showCryptoIpsecTransformSet,
    // Before the crypto map, whose ACLs have the same heads.
    showAccessLists,
    showCryptoMap,
    showCryptoEngineConnectionsActive,
    showIpRoute,
    showIpCef,
    ping,
    ciscoTraceroute,
    showIpNatTranslations,
    showIpInterfaceBrief,
    showInterfaceTunnel,
    showDmvpn,
    showIpNhrp,
    showLogging,
    showVersion,
    showClock,
    showCryptoPkiCertificates,
    showCryptoPkiTrustpointsStatus,
  ],
};

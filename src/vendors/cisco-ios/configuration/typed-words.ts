/**
 * The words that IOS has in the modes where tunnels are configured, as far as they tell one abbreviation from another.
 * Source: Cisco IOS Security Command Reference, the pages of the modes' commands; Cisco IOS Interface Command Reference.
 */
import { addLines, newNode, type WordNode, writtenOut } from "./word-tree.ts";

export type Mode =
  | "ike-policy"
  | "keyring"
  | "ike-profile"
  | "ike-peer"
  | "ikev2-proposal"
  | "ikev2-policy"
  | "ikev2-keyring"
  | "ikev2-profile"
  | "transform-set"
  | "crypto-map"
  | "interface"
  | "access-list";

const EVERYWHERE = "exit|end|help|do|description";
const CIPHERS = "aes-cbc-128|aes-cbc-192|aes-cbc-256|aes-gcm-128|aes-gcm-256|3des|des";
const HASHES = "md5|sha1|sha256|sha384|sha512";
const TRANSFORMS =
  "esp-des|esp-3des|esp-aes|esp-seal|esp-null|esp-gcm|esp-gmac|esp-md5-hmac|esp-sha-hmac|esp-sha256-hmac|esp-sha384-hmac|esp-sha512-hmac|ah-md5-hmac|ah-sha-hmac|ah-sha256-hmac|ah-sha384-hmac|ah-sha512-hmac|comp-lzs";

/** Addresses, ports and options of an entry, in any order: each may be followed by any other. */
function addresses(): WordNode {
  const tree = newNode();
  tree.any = tree;
  for (const word of ["any", "log", "log-input", "established", "fragments", "echo", "echo-reply"])
    tree.words.set(word, tree);
  for (const word of ["host", "eq", "gt", "lt", "neq", "range", "object-group", "dscp", "tos", "time-range"])
    tree.words.set(word, { words: new Map(), any: tree });
  return tree;
}

function protocols(): WordNode {
  const tree = addresses();
  const after = addresses();
  for (const word of "ip ipv6 icmp tcp udp esp ahp gre igmp ospf eigrp pim pcp nos ipinip".split(" "))
    tree.words.set(word, after);
  return tree;
}

function transforms(): WordNode {
  const tree = newNode();
  tree.any = tree;
  for (const word of TRANSFORMS.split("|")) tree.words.set(word, tree);
  return tree;
}

const named = { protocol: protocols(), transforms: transforms() };
const of = (lines: string) => addLines(newNode(), `${EVERYWHERE}\n${lines}`, named);

const GLOBAL = of(
  `aaa|alias|archive|arp|banner|boot|bridge|cdp|class-map|clock|config-register|control-plane|default|dial-peer
   dialer|dialer-list|dot11|dot1x|enable|errdisable|event|exception|file|flow|hostname|key|lacp|line|lldp|logging|login
   mac|map-class|memory|monitor|mpls|multilink|ntp|object-group|parameter-map|parser|platform|policy-map|ppp|priority-list
   privilege|process|radius|radius-server|redundancy|resume|rmon|router|scheduler|security|service|sntp|snmp|snmp-server
   spanning-tree|standby|subscriber|switch|tacacs|tacacs-server|template|tftp-server|track|username|version|virtual-template
   vlan|voice|vpdn|vpdn-group|vrf|vtp|zone|zone-pair
   crypto ca|call|ctcp|dynamic-map|engine|gdoi|gkm|identity|ikev2|ipsec|isakmp|key|keyring|logging|map|mib|pki|provisioning|ssl|vpn|xauth
   crypto isakmp aggressive-mode|client|default|diagnose|enable|fragmentation|identity|invalid-spi-recovery|keepalive|key|nat|peer|policy|profile|xauth
   crypto isakmp identity address|hostname|dn|key-id
   crypto isakmp keepalive * periodic|on-demand
   crypto isakmp keepalive * * periodic|on-demand
   crypto isakmp aggressive-mode disable
   crypto isakmp nat keepalive *
   crypto isakmp key * address ipv6 *
   crypto isakmp key * address * no-xauth
   crypto isakmp key * address * * no-xauth
   crypto isakmp key * hostname * no-xauth
   crypto isakmp key 0|6 * address ipv6 *
   crypto isakmp key 0|6 * address * no-xauth
   crypto isakmp key 0|6 * address * * no-xauth
   crypto isakmp key 0|6 * hostname * no-xauth
   crypto isakmp peer address|ip-address|hostname * vrf *
   crypto isakmp policy *
   crypto isakmp profile *
   crypto keyring * vrf *
   crypto dynamic-map * *
   crypto map ipv6 * * ipsec-isakmp|ipsec-manual|gdoi|set|match dynamic|profile *
   crypto map * * ipsec-isakmp|ipsec-manual|gdoi|set|match dynamic|profile *
   crypto map * local-address|client|isakmp|redundancy *
   crypto map * isakmp authorization|profile *
   crypto ipsec client|default|df-bit|fragmentation|ipv4-deny|nat-transparency|optional|profile|security-association|server|transform-set
   crypto ipsec df-bit clear|copy|set
   crypto ipsec nat-transparency udp-encapsulation|spi-matching
   crypto ipsec security-association idle-time|lifetime|replay|dummy|ecn|multi-sn
   crypto ipsec security-association lifetime seconds|kilobytes|days|hours *
   crypto ipsec security-association replay window-size|disable *
   crypto ipsec transform-set * @transforms
   crypto ikev2 authorization|certificate-cache|client|cluster|cookie-challenge|cts|diagnose|dpd|fragmentation|http-url|keyring|limit|name-mangler|nat|policy|profile|proposal|reconnect|redirect|window
   crypto ikev2 dpd * * periodic|on-demand
   interface *
   access-list * permit|deny|remark|dynamic @protocol
   ip access-list extended|standard|log-update|logging|persistent|resequence|role-based *
   ip address-pool|alias|as-path|audit|bgp-community|bootp|cef|community-list|ddns|default-gateway|default-network|device|dhcp|domain|domain-lookup|domain-name|dns|drp|dvmrp|explicit-path|extcommunity-list|finger|flow-export|flow-cache|flow-top-talkers|flow-aggregation|forward-protocol|ftp|gratuitous-arps|host|host-routing|hostname|http|icmp|identd|igmp|inspect|ips|local|mfib|mobile|mrm|mroute|msdp|multicast|multicast-routing|name-server|netmask-format|nbar|nhrp|options|ospf|pgm|pim|policy-list|port-map|prefix-list|radius|rcmd|reflexive-list|route|routing|rsvp|rtcp|sap|scp|security|sip|sla|slb|source-route|spd|ssh|subnet-zero|tacacs|tcp|telnet|tftp|traffic-export|trigger-authentication|urlfilter|verify|vrf|wccp
   ip nat create|inside|outside|pool|log|service|settings|sip-sbc|source|translation|portmap|piggyback-support
   ip nat inside source|destination list|route-map|static *
   ip nat inside source list|route-map * interface|pool * overload|vrf|oer
   ipv6 access-list|address|cef|dhcp|general-prefix|hop-limit|host|icmp|local|mfib|mld|mobile|multicast|multicast-routing|nat|nd|neighbor|ospf|pim|prefix-list|route|router|source-route|traffic-filter|unicast-routing
   route-map * permit|deny *`,
);

const TREES: Readonly<Record<Mode, WordNode>> = {
  "ike-policy": of(
    `authentication pre-share|rsa-sig|rsa-encr|ecdsa-sig
     default|group|lifetime
     encryption aes|3des|des
     hash md5|sha|sha256|sha384|sha512`,
  ),
  keyring: of(
    `local-address|rsa-pubkey|default
     pre-shared-key address ipv6 * key *
     pre-shared-key address * key *
     pre-shared-key address * * key *
     pre-shared-key hostname * key *`,
  ),
  "ike-profile": of(
    `accounting|ca|client|default|initiate|isakmp|keepalive|keyring|local-address|match|qos-group|self-identity|virtual-template|vrf
     keepalive * retry *
     match identity|certificate
     match identity address|group|host|user
     self-identity address|fqdn|user-fqdn
     initiate mode aggressive
     ca trust-point *`,
  ),
  "ike-peer": of("set aggressive-mode client-endpoint|password *"),
  "ikev2-proposal": of(
    `default
     encryption ${CIPHERS} ${CIPHERS} ${CIPHERS}
     integrity ${HASHES} ${HASHES} ${HASHES}
     prf ${HASHES} ${HASHES} ${HASHES}
     group`,
  ),
  "ikev2-policy": of("default\nmatch address|fvrf\nproposal *"),
  "ikev2-keyring": of(
    `address|hostname|identity|peer|ppk|dynamic
     pre-shared-key local|remote|hex|0|6 0|6|hex *`,
  ),
  "ikev2-profile": of(
    `aaa|anyconnect-eap|config-exchange|config-mode|default|dpd|dynamic|initial-contact|ivrf|lifetime|nat|pki|reconnect|redirect|shutdown|virtual-template
     authentication local|remote pre-share|rsa-sig|ecdsa-sig|eap|anyconnect-eap key *
     dpd * * periodic|on-demand
     identity local address|dn|email|fqdn|key-id
     keyring local|aaa|ppk *
     match address|certificate|fvrf|identity
     match identity remote address|any|email|fqdn|key-id *
     pki trustpoint * sign|verify`,
  ),
  "transform-set": of("default\nmode tunnel|transport require"),
  "crypto-map": of(
    `default|qos|responder-only|ikev1
     match address *
     reverse-route remote-peer|static|tag
     set aggressive-mode|group|identity|ikev2-profile|ip|isakmp-profile|mixed-mode|nat|peer|pfs|reverse-route|security-association|security-policy|session-key|transform-set|fail-close|responder-only
     set peer * default|dynamic
     set pfs group1|group2|group5|group14|group15|group16|group19|group20|group21|group24
     set security-association dfbit|dummy|ecn|idle-time|level|lifetime|replay
     set security-association lifetime seconds|kilobytes|days *
     set security-association replay window-size|disable *`,
  ),
  interface: of(
    `arp|bandwidth|bfd|bridge-group|carrier-delay|cdp|channel-group|default|delay|dialer|dialer-group|duplex|encapsulation|exit|fair-queue|hold-queue|keepalive|load-interval|logging|mac-address|media-type|mpls|mtu|nat64|negotiation|ntp|ospfv3|peer|ppp|pppoe|pppoe-client|qos|rate-limit|service-policy|shutdown|speed|standby|snmp|switchport|timeout|traffic-shape|transmit-interface|tx-ring-limit|vrrp|zone-member
     crypto engine|ipsec|map *
     ip access-group|accounting|address|admission|authentication|auth-proxy|bandwidth-percent|bgp|broadcast-address|cef|cgmp|cip|dhcp|directed-broadcast|dvmrp|flow|header-compression|hello-interval|helper-address|hold-time|icmp|igmp|inspect|ips|irdp|load-sharing|local-proxy-arp|mask-reply|mobile|mrm|mroute-cache|mtu|multicast|nat|nbar|nhrp|next-hop-self|ospf|pgm|pim|policy|proxy-arp|rarp-server|redirects|rip|route-cache|router|rsvp|rtp|sap|sdr|security|split-horizon|summary-address|tcp|traffic-export|trigger-authentication|unnumbered|unreachables|urd|verify|virtual-reassembly|vrf|wccp
     ip access-group * in|out
     ip address * * secondary
     ip nat inside|outside|enable
     ip nhrp authentication|holdtime|map|multicast|network-id|nhs|redirect|registration|shortcut|group|attribute
     ip nhrp map multicast
     ip nhrp map * *
     ip nhrp nhs * nbma *
     ip tcp adjust-mss|compression-connections|header-compression *
     ip vrf forwarding|receive|select|sitemap *
     ipv6 address|cef|crypto|dhcp|enable|flow|mtu|nd|nhrp|ospf|pim|policy|redirects|rip|router|tcp|traffic-filter|unnumbered|unreachables|verify|virtual-reassembly
     ipv6 crypto map *
     ipv6 traffic-filter * in|out
     tunnel bandwidth|checksum|destination|flow|key|mode|mpls|path-mtu-discovery|protection|rbscp|route-via|sequence-datagrams|source|tos|ttl|udlr|vrf|6to4
     tunnel mode aurp|cayman|dvmrp|eon|gre|ipip|ipsec|ipv6|ipv6ip|iptalk|mpls|nos|rbscp|tag
     tunnel mode gre ip|ipv6|multipoint
     tunnel mode ipsec ipv4|ipv6|dual-overlay
     tunnel protection ipsec profile|policy *
     vrf forwarding|definition *`,
  ),
  "access-list": of(
    `default|dynamic|evaluate|sequence
     permit|deny @protocol
     remark *
     * permit|deny @protocol
     sequence * permit|deny @protocol`,
  ),
};

const INTERFACES =
  "Async ATM BDI BVI Cellular Dialer Ethernet FastEthernet FortyGigabitEthernet GigabitEthernet HundredGigE Loopback Multilink Null Port-channel Serial TenGigabitEthernet Tunnel TwentyFiveGigE Virtual-Template Vlan".split(
    " ",
  );
const NAMED =
  /^(?<before>interface|tunnel source) (?<type>[A-Za-z-]{2,20}) ?(?<number>\d[\d/.:]{0,30})(?<after>(?: \S.{0,60})?)$/;

/** A line typed in that mode, or at the first level where none is given, with the words that IOS would know written out. */
export function typedInFull(text: string, mode?: Mode): string {
  const full = writtenOut(text, mode === undefined ? GLOBAL : TREES[mode]);
  const { before, type = "", number, after } = NAMED.exec(full)?.groups ?? {};
  if (before === undefined) return full;
  const [name, ...others] = INTERFACES.filter((one) => one.toLowerCase().startsWith(type.toLowerCase()));
  return name === undefined || others.length > 0 ? full : `${before} ${name}${number}${after}`;
}

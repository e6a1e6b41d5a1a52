/** Outputs that the tests paste. */
export const STUCK = `HUB#show crypto isakmp sa
IPv4 Crypto ISAKMP SA
dst             src             state          conn-id status
198.51.100.7    203.0.113.1     MM_NO_STATE          0 ACTIVE (deleted)

IPv6 Crypto ISAKMP SA

HUB#`;

export const LOG = `PUNE#show logging
*Nov 26 02:40:01.100: ISAKMP:(0):Checking ISAKMP transform 1 against priority 10 policy
*Nov 26 02:40:01.100: ISAKMP:      encryption AES-CBC
*Nov 26 02:40:01.100: ISAKMP:      keylength of 128
*Nov 26 02:40:01.100: ISAKMP:      hash SHA
*Nov 26 02:40:01.100: ISAKMP:      default group 2
*Nov 26 02:40:01.100: ISAKMP:      auth pre-share
*Nov 26 02:40:01.104: ISAKMP:(0):Encryption algorithm offered does not match policy!
*Nov 26 02:40:01.104: ISAKMP:(0):atts are not acceptable. Next payload is 0
*Nov 26 02:40:01.108: ISAKMP:(0):no offers accepted!
*Nov 26 02:40:01.108: ISAKMP:(0): phase 1 SA policy not acceptable! (local 198.51.100.7 remote 203.0.113.1)
PUNE#`;

export const KEY = "Tr0ub4dor-and-3";
export const CONFIGURED = `HUB#show running-config | section crypto
crypto isakmp policy 10
 encr aes 256
 authentication pre-share
 group 14
crypto isakmp key ${KEY} address 198.51.100.7
HUB#`;

/** Longer than Discord takes as text. */
export const LONG = `${STUCK}\n${LOG}\n${Array.from({ length: 60 }, (_, i) => `PUNE#! line ${i} of a long terminal log`).join("\n")}`;

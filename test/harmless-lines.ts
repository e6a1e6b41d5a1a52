/** Lines that hold a keyword and no secret, and that diagnosis reads: redaction must leave every one as it is. */
export const HARMLESS_LINES: readonly string[] = `
sa timing: remaining key lifetime (k/sec): (4419198/860)
        sa timing: remaining key lifetime (k/sec): (4607999/3599)
        sa timing: remaining key lifetime (sec): 94
        sa timing: remaining key lifetime 4 hours, 2 mins
        sa timing: remaining key lifetime is not applicable
        sa timing:remaining key lifetime (sec): (3380)
        Kilobyte Volume Rekey has been disabled
    #pkts encaps: 2900, #pkts encrypt: 2900, #pkts digest: 2900
    #pkts decaps: 1909, #pkts decrypt: 1909, #pkts verify: 1909
   local  ident (addr/mask/prot/port): (3.1.1.0/255.255.255.0/0/0)
      spi: 0x135E76B1(324957873)
        transform: esp-aes esp-sha-hmac ,
        key acquire requests:   83
set network tunnel ipsec TUN-PLZEN auto-key ike-gateway GW-PLZEN
set network tunnel ipsec TUN-PLZEN auto-key proxy-id lan local 10.1.0.0/16
2026-11-27 09:01:10.123 +0100  [PERR]: authentication result: FAILED
        key type:               auto key
show crypto isakmp key
000 "to-lyon":   our auth:secret, their auth:secret, our autheap:none, their autheap:none;
HUB#show crypto isakmp sa
HUB#show running-config | include key
HUB#show crypto key mypubkey rsa
HUB(config)#crypto key generate rsa modulus 2048
crypto key generate rsa general-keys label SITE modulus 2048
crypto keyring SPOKES
crypto keyring KEYRING vrf INTERNET
  keyring KEYRING
 keyring local KR
  pre-shared-key address 203.0.113.2 key <secret ?>
crypto isakmp profile KEY
   match identity address 203.0.113.2 255.255.255.255
 match identity remote key-id BRANCH7
 identity local key-id BRANCH7
crypto isakmp identity key-id BRANCH7
 authentication pre-share
 authentication rsa-sig
 authentication local pre-share
 authentication remote rsa-sig
 authentication method: Pre-Shared Key
        authentication method:  Rivest-Shamir-Adleman Signature
        encryption algorithm:   AES - Advanced Encryption Standard (128 bit keys).
        encryption algorithm:   Three key triple DES
 conn-id:   1002  I-VRF: GREEN    Status: ACTIVE Encr: 3des Hash: md5    Auth: rsig
LYON-KEYS    2001:DB8:0:13::3/128
        Diffie-Hellman group:   #2 (1024 bit)
crypto map KEY 10 ipsec-isakmp
crypto map SECRET-MAP 10 ipsec-isakmp
 set transform-set SECRET
 match address SITE-KEY
ip access-list extended KEY-ACL
ip access-list extended PSK
Extended IP access list KEY
KEYSTONE#show crypto isakmp sa
hostname KEYSTONE
Crypto map tag: KEY, local addr 30.3.1.1
    Key Lifetime: 3600
 Key length: 256
 Key Exchange: IKEv2
 Key Size : 256
ISAKMP:      auth pre-share
 Remote authentication method(s): pre-share
 VID IDr AUTH NOTIFY(TS_UNACCEPTABLE)
 VID IDi AUTH CFG SA TSi TSr NOTIFY(INITIAL_CONTACT) NOTIFY(SET_WINDOW_SIZE)
IKEv2:(SESSION ID = 1,SA ID = 1):Use preshared key for id 10.0.0.2, key len 12
IKEv2:(SESSION ID = 1,SA ID = 1):Get peer's preshared key for 192.0.2.9
IKEv2:(SESSION ID = 1,SA ID = 1):[Crypto Engine -> IKEv2] DH key Computation PASSED
IKEv2:% Getting preshared key from profile keyring KR-BRNO
IKEv2:(SESSION ID = 1,SA ID = 1):My authentication method is 'PSK'
ISAKMP:      keylength of 256
ISAKMP:(0):found peer pre-shared key matching 203.0.113.2
ISAKMP:(0):No pre-shared key with 203.0.113.2!
ISAKMP:(0): No Cert or pre-shared address key.
ISAKMP: Looking for a matching key for 203.0.113.2 in default
ISAKMP: Looking for a matching key for 203.0.113.2 in default : success
ISAKMP:(0):Can not start Aggressive mode, trying Main mode.
ISAKMP:(0):Preshared authentication offered but does not match policy!
ISAKMP:(0):Authentication method offered does not match policy!
ISAKMP:(0):Proposed key length does not match policy
ISAKMP:(1017):SKEYID state generated
ISAKMP:(1017): processing KE payload. message ID = 0
ISAKMP:(1017): retransmitting phase 1 MM_KEY_EXCH...
ISAKMP:(1017):Input = IKE_MESG_INTERNAL, IKE_PROCESS_COMPLETE
ISAKMP (0:1017): received packet from 40.10.1.1 dport 500 sport 500 Global (R) MM_KEY_EXCH
ISAKMP:(1017):SA authentication status:
ISAKMP:(1017):SA has been authenticated with 203.0.113.2
ISAKMP:   authenticator is HMAC-SHA
ISAKMP:(1019):key exchange payload received
IPSEC(key_engine): got a queue event with 1 KMI message(s)
IPSEC(key_engine_enable_outbound): rec'd enable notify from ISAKMP
    (key eng. msg.) INBOUND local= 30.3.1.1, remote= 40.10.1.1,
IPSEC(spi_response): getting spi 3279168170 for SA
protocol= ESP, transform= NONE (Tunnel),
spi= 0x0(0), conn_id= 0, keysize= 0, flags= 0x0
30.3.1.1        40.10.1.1       MM_KEY_EXCH       1017 ACTIVE
C-id  Local           Remote          I-VRF  Status Encr Hash   Auth DH Lifetime Cap.
1035  30.3.1.1        40.10.1.1              ACTIVE aes  sha    psk  2  01:59:45 D
1035	30.3.1.1 01:59:45	40.10.1.1		ACTIVE	3des	sha	psk	2
Codes: C - IKE configuration mode, D - Dead Peer Detection
       X - IKE Extended Authentication
       psk - Preshared key, rsig - RSA signature
Phase1_id: 40.10.1.1
      Encr: AES-CBC, keysize: 256, PRF: SHA256, Hash: SHA256, DH Grp:19, Auth sign: PSK, Auth verify: PSK
      Extended Authentication not configured.
%CRYPTO-4-IKMP_BAD_MESSAGE: IKE message from 40.10.1.1 failed its sanity check or is malformed
IKEv2:(SESSION ID = 1,SA ID = 1):Auth exchange failed
IKEv2:(SESSION ID = 1,SA ID = 1):Failed to authenticate the IKE SA
IKEv2:(SESSION ID = 1,SA ID = 1):The peer's KE payload contained the wrong DH group
IKEv2:(SESSION ID = 1,SA ID = 1):Verification of peer's authentication data PASSED
IKEv2:(SESSION ID = 1,SA ID = 1):Get peer's authentication method
IKEv2:(SESSION ID = 1,SA ID = 1):Peer's authentication method is 'PSK'
IKEv2:(SESSION ID = 1,SA ID = 1):Getting preshared key by key id 203.0.113.2
IKEv2-PROTO-4: (11): SM Trace-> SA: I_SPI=AB12 R_SPI=CD34 (I) MsgID = 00000001 CurState: I_WAIT_AUTH Event: EV_AUTH_FAIL
Peer authentication method configured is mismatching with the method proposed by peer
Computed authentication value for peer differs from what peer sent
Failed to receive the AUTH msg before the timer expired
construct_initial_message: Can not start Main mode
Session-id:1, Status:UP-ACTIVE, IKE count:1, CHILD count:2
Received Policies: Proposal 1:  ENCRYPTION: AES-CBC-128 PRF: SHA512 INTEGRITY: SHA512 DH GROUP: DH_GROUP_384_ECP/Group 20
%ASA-5-713119: Group = 203.0.113.2, IP = 203.0.113.2, PHASE 1 COMPLETED
%ASA-4-402120: IPSEC: Received an ESP packet (SPI= 0x1, sequence number= 0x2) from 203.0.113.2 to 198.51.100.1 that failed authentication.
Error, had problems decrypting packet, probably due to mismatched pre-shared key.  Aborting
tunnel-group 203.0.113.2 ipsec-attributes
aaa authentication login default group tacacs+ local
aaa authorization exec default group tacacs+ if-authenticated
aaa authorization group psk list IKE LIST
 ip ospf authentication message-digest
 ip ospf authentication key-chain KC
ip authentication key-chain eigrp 1 KC
key chain KC
 ppp authentication chap
 standby 1 authentication md5 key-chain KC
ntp authenticate
ntp trusted-key 1
ntp server 192.0.2.123 key 1
service password-encryption
no service password-recovery
 send-community both
ip community-list standard KEY permit 65000:100
 set community 65000:100
snmp-server enable traps snmp authentication linkdown linkup
radius-server host 192.0.2.5 auth-port 1812 acct-port 1813
 address ipv4 192.0.2.5 auth-port 1812 acct-port 1813
authby=secret
    leftauth=psk
    auth = psk
tried 1 shared key for '203.0.113.2' - '198.51.100.1', but MAC mismatched
no shared key found for '203.0.113.2' - '198.51.100.1'
authentication of '203.0.113.2' with pre-shared key successful
received AUTHENTICATION_FAILED notify error
parsed IKE_AUTH response 1 [ N(AUTH_FAILED) ]
generating IKE_AUTH request 1 [ IDi N(INIT_CONTACT) IDr AUTH SA TSi TSr N(EAP_ONLY) ]
key exchange method MODP_1024 unacceptable, requesting MODP_2048
PSK auth failed: probable pre-shared key mismatch
probable pre-shared secret mismatch
authentication-method pre-shared-keys;
set security ike proposal P authentication-method pre-shared-keys
set security ike proposal P authentication-algorithm sha-256
    set authmethod psk
    set keylife 3600
/ip ipsec identity add auth-method=pre-shared-key peer=hub
AWS tunnel detected a pre-shared key mismatch with cgw: cgw-1
I think the pre-shared key is wrong on one side
the keys match on both sides
does the key have to be the same on both routers?
we changed nothing but the key on the hub
the key exchange with the spoke is stuck
is the key wrong, or is it the policy?
is this the right key?
that is our pre-shared key problem
we use the same key on both ends
we use group 14 and SHA-256 here, the keys are equal
the pre-shared key for this tunnel is definitely the same
what does "reserved not zero on ID payload" say of the key?
the tunnel came up as soon as we removed the key
der Schlüssel ist auf beiden Seiten gleich
la clave es la misma en ambos routers
la clé est la même des deux côtés
Wir haben die Schlüssel verglichen
it is not clear to me
password authentication failed
http://192.0.2.8:8080/path
ping 40.10.1.1 source 30.3.1.1
   Authentication        : hmac-sha384-192
   Authentication        : hmac-sha512-256
   Authentication        : HMAC_SHA2_384_192
   Authentication        : AES_XCBC_96
   Authentication        : sha2-256
Success rate is 100 percent (5/5), round-trip min/avg/max = 1/1/4 ms
- user bob says it is down
* user traffic stops
1. user bob pinged the server
- pre checks done
- pre-shared keys match
a) user data passes
- no user can connect
* user p is away
- user A sees packets lost
1. user B p2p tunnel down
ne marche pas du tout
"aarhus"[1] 198.51.100.40:   our auth:secret, their auth:rsasig(RSA+SHA1), our autheap:none, their autheap:none;
10[ENC] generating IKE_AUTH response 1 [ IDr AUTH N(MOBIKE_SUP) N(ADD_4_ADDR) N(TS_UNACCEPT) ]
10[ENC] parsed IKE_AUTH response 1 [ IDr AUTH N(NO_PROP) ]
09[ENC] generating IKE_AUTH request 1 [ IDi CERT N(INIT_CONTACT) CERTREQ IDr AUTH CPRQ(ADDR DNS NBNS) SA TSi TSr ]
09[ENC] parsed IKE_AUTH response 1 [ IDr CERT AUTH CPRP(ADDR DNS) SA TSi TSr N(AUTH_LFT) ]
10[ENC] generating IKE_AUTH response 1 [ IDr AUTH EAP/REQ/ID ]
   oulu[2]: IKEv2 SPIs: 0123456789abcdef_i 0fedcba987654321_r*, pre-shared key reauthentication in 20 hours
   oulu[2]: IKEv1 SPIs: 0123456789abcdef_i* 0fedcba987654321_r, pre-shared key reauthentication active
set vpn ipsec site-to-site peer HAAG authentication local-id '192.0.2.171'
set vpn ipsec site-to-site peer HAAG authentication remote-id 'haag.example.net'
ike 0:to-caen:88: sent IKE msg (AUTH): 192.0.2.60:500->203.0.113.61:500, len=240
 10:02:11 ipsec,debug ike auth: finish reply
`
  .split("\n")
  .filter((line) => line !== "");

/**
 * One secret of every form that people paste. Everything the product keeps, says, sends or writes is searched for these:
 * readings here, verdicts, replies, hand-offs, files and logs elsewhere. `secret` is what must never be seen again.
 */
export interface PlantedSecret {
  readonly name: string;
  readonly text: string;
  readonly secret: string;
}

const CONFIGURATION: readonly PlantedSecret[] = [
  plant("isakmp key", "crypto isakmp key Zq1rVx8a address 203.0.113.2 255.255.255.255 no-xauth", "Zq1rVx8a"),
  plant("isakmp key type 0", "crypto isakmp key 0 Zq2rVx8a address 203.0.113.2", "Zq2rVx8a"),
  plant("isakmp key type 6", "crypto isakmp key 6 WDFZTDHZq3rVx8aOJiUZ address 203.0.113.2", "WDFZTDHZq3rVx8aOJiUZ"),
  plant("isakmp key IPv6", "crypto isakmp key Zq4rVx8a address ipv6 2001:DB8::2/128", "Zq4rVx8a"),
  plant("isakmp key hostname", "crypto isakmp key Zq5rVx8a hostname spoke.example.net", "Zq5rVx8a"),
  plant("isakmp key with blanks", "crypto isakmp key Zq6r Vx8a9 address 203.0.113.2", "Vx8a9"),
  plant("isakmp key regex characters", "crypto isakmp key a.*(Zq7+[x]?$ address 203.0.113.2", "a.*(Zq7+[x]?$"),
  plant("isakmp key angle brackets", "crypto isakmp key Zq<8>#r?Vx address 203.0.113.2", "Zq<8>#r?Vx"),
  plant(
    "isakmp key in a log",
    "%PARSER-5-CFGLOG_LOGGEDCMD: User:admin  logged command:crypto isakmp key Zq9rVx8a address 203.0.113.2",
    "Zq9rVx8a",
  ),
  plant("isakmp key behind a prompt", "R1(config)#crypto isakmp key Zr1rVx8a address 203.0.113.2", "Zr1rVx8a"),
  plant("isakmp key removed", "no crypto isakmp key Zr2rVx8a address 203.0.113.2", "Zr2rVx8a"),
  plant("old pix key", "isakmp key Zr3rVx8a address 203.0.113.2 netmask 255.255.255.255 no-xauth", "Zr3rVx8a"),
  plant("keyring", "crypto keyring SPOKES\n  pre-shared-key address 203.0.113.2 key Zr4rVx8a", "Zr4rVx8a"),
  plant("keyring with mask", "  pre-shared-key address 203.0.113.0 255.255.255.0 key 0 Zr5rVx8a", "Zr5rVx8a"),
  plant("keyring hostname", "  pre-shared-key hostname hub.example.net key Zr6rVx8a", "Zr6rVx8a"),
  plant("keyring ipv6", "  pre-shared-key address ipv6 2001:DB8::2/128 key Zr7rVx8a", "Zr7rVx8a"),
  plant("keyring wrapped as in the article", "pre-shared-key address 40.10.1.1\nkey Zr8rVx8a", "Zr8rVx8a"),
  plant("keyring wrapped before the key", "  pre-shared-key address 203.0.113.2 key\nZr9rVx8a", "Zr9rVx8a"),
  plant(
    "ikev2 keyring",
    "crypto ikev2 keyring KR\n peer P\n  address 203.0.113.2\n  pre-shared-key Zs1rVx8a",
    "Zs1rVx8a",
  ),
  plant("ikev2 keyring local", "  pre-shared-key local Zs2rVx8a", "Zs2rVx8a"),
  plant("ikev2 keyring remote 0", "  pre-shared-key remote 0 Zs3rVx8a", "Zs3rVx8a"),
  plant("ikev2 keyring hex", "  pre-shared-key hex 5A7334725678386101", "5A7334725678386101"),
  plant("ikev2 keyring passphrase", "  pre-shared-key the brown Zs5fox jumps", "brown Zs5fox jumps"),
  plant("ikev2 profile key", " authentication remote pre-share key Zs6rVx8a", "Zs6rVx8a"),
  plant("ezvpn group key", "crypto isakmp client configuration group RA\n key Zs7rVx8a", "Zs7rVx8a"),
  plant("ezvpn client", "crypto ipsec client ezvpn EZ\n group RA key Zs8rVx8a", "Zs8rVx8a"),
  plant(
    "aggressive mode password of a peer",
    "crypto isakmp peer address 203.0.113.2\n set aggressive-mode client-endpoint fqdn a.example.net\n set aggressive-mode password 6 Zs0rVx8a",
    "Zs0rVx8a",
  ),
  plant("aggressive mode password", " set aggressive-mode password Zs9rVx8a", "Zs9rVx8a"),
  plant(
    "manual session key",
    " set session-key inbound esp 256 cipher 0123456789abcdef0123456789abcdef authenticator fedcba9876543210fedc",
    "0123456789abcdef0123456789abcdef",
  ),
  plant(
    "manual session key, second",
    " set session-key inbound esp 256 cipher 0123456789abcdef0123456789abcdef authenticator fedcba9876543210fedc",
    "fedcba9876543210fedc",
  ),
  plant("manual ah session key", " set session-key outbound ah 300 abcdefabcdefabcdef11", "abcdefabcdefabcdef11"),
  plant("master key", "key config-key password-encrypt Zt1rVx8a", "Zt1rVx8a"),
  plant("asa ikev1", "tunnel-group 203.0.113.2 ipsec-attributes\n ikev1 pre-shared-key Zt2rVx8a", "Zt2rVx8a"),
  plant("asa ikev2 remote", " ikev2 remote-authentication pre-shared-key Zt3rVx8a", "Zt3rVx8a"),
  plant("asa ikev2 local", " ikev2 local-authentication pre-shared-key Zt4rVx8a", "Zt4rVx8a"),
  plant("asa failover key", "failover key Zt5rVx8a", "Zt5rVx8a"),
  plant("asa failover ipsec", "failover ipsec pre-shared-key Zt6rVx8a", "Zt6rVx8a"),
  plant("asa passwd", "passwd 2KFQnbNIZt7.2KYOU encrypted", "2KFQnbNIZt7.2KYOU"),
  plant("asa enable", "enable password 8Ry2YjIyt7Zt8XU24 encrypted", "8Ry2YjIyt7Zt8XU24"),
  plant("asa username", "username admin password P4ttSyrm3Zt9SV8TYp encrypted privilege 15", "P4ttSyrm3Zt9SV8TYp"),
  plant("asa aaa-server", "aaa-server TAC (inside) host 192.0.2.9 Zu1rVx8a timeout 5", "Zu1rVx8a"),
  plant("asa aaa-server block", "aaa-server TAC (inside) host 192.0.2.9\n key Zu2rVx8a", "Zu2rVx8a"),
  plant("asa ldap", " ldap-login-password Zu3rVx8a", "Zu3rVx8a"),
  plant("nhrp", " ip nhrp authentication Zu4rVx8a", "Zu4rVx8a"),
  plant("tunnel key", " tunnel key 90210741", "90210741"),
  plant("l2tp", " l2tp tunnel password 0 Zu5rVx8a", "Zu5rVx8a"),
  plant("vpdn", "vpdn username bob password Zu6rVx8a store-local", "Zu6rVx8a"),
  plant("trustpoint", "crypto pki trustpoint CA\n password 7 0822455D0A16Zu7", "0822455D0A16Zu7"),
  plant("pkcs12", "crypto pki import CA pkcs12 flash:ca.p12 password Zu8rVx8a", "Zu8rVx8a"),
  plant("key export", "crypto key export rsa R1 pem terminal 3des Zu9rVx8a", "Zu9rVx8a"),
];

const LOGIN_AND_AAA: readonly PlantedSecret[] = [
  plant("enable secret", "enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0", "$1$mERr$hx5rVt7rPNoS4wqbXKX7m0"),
  plant(
    "enable secret 9",
    "enable secret 9 $9$nhEmQVczZv1gFk$Ezr6TZ1yGOyXRn7hwZv1",
    "$9$nhEmQVczZv1gFk$Ezr6TZ1yGOyXRn7hwZv1",
  ),
  plant("enable password level", "enable password level 7 Zv2rVx8a", "Zv2rVx8a"),
  plant("username secret", "username bob privilege 15 secret Zv3rVx8a", "Zv3rVx8a"),
  plant("username type 7", "username bob password 7 14141B180F0BZv4", "14141B180F0BZv4"),
  plant("username algorithm", "username bob algorithm-type scrypt secret Zv5rVx8a", "Zv5rVx8a"),
  plant("line password", "line vty 0 4\n password Zv6rVx8a\n login", "Zv6rVx8a"),
  plant("line password word", "line con 0\n password cisco741", "cisco741"),
  plant("ftp", "ip ftp password 7 0822455DZv7", "0822455DZv7"),
  plant("http client", "ip http client password Zv8rVx8a", "Zv8rVx8a"),
  plant("tacacs global", "tacacs-server key 7 0507071Zv9", "0507071Zv9"),
  plant("tacacs host", "tacacs-server host 192.0.2.4 port 49 timeout 5 key Zw1rVx8a", "Zw1rVx8a"),
  plant("radius host", "radius-server host 192.0.2.5 auth-port 1812 acct-port 1813 key Zw2rVx8a", "Zw2rVx8a"),
  plant(
    "radius block",
    "radius server ISE\n address ipv4 192.0.2.5 auth-port 1812 acct-port 1813\n key Zw3rVx8a",
    "Zw3rVx8a",
  ),
  plant(
    "radius block numeric",
    "radius server ISE\n address ipv4 192.0.2.5 auth-port 1812 acct-port 1813\n key 90210742",
    "90210742",
  ),
  plant("tacacs block type 7", "tacacs server T1\n address ipv4 192.0.2.4\n key 7 0507071Zw4", "0507071Zw4"),
  plant("server-private", " server-private 192.0.2.6 auth-port 1812 key 0 Zw5rVx8a", "Zw5rVx8a"),
  plant("coa client", " client 192.0.2.7 server-key 0 Zw6rVx8a", "Zw6rVx8a"),
  plant("pac key", " pac key 0 Zw7rVx8a", "Zw7rVx8a"),
  plant("ppp chap", " ppp chap password 0 Zw8rVx8a", "Zw8rVx8a"),
  plant("ppp pap", " ppp pap sent-username bob password 0 Zw9rVx8a", "Zw9rVx8a"),
  plant("dot1x", " dot1x username bob password 0 Zx1rVx8a", "Zx1rVx8a"),
  plant("wpa", " wpa-psk ascii 0 Zx2rVx8a", "Zx2rVx8a"),
  plant("wlan", " security wpa psk set-key ascii 0 Zx3rVx8a", "Zx3rVx8a"),
  plant("mgmtuser", "mgmtuser username bob password 0 Zx4rVx8a secret 0 Zx4tVx8a", "Zx4tVx8a"),
  plant("cable", " cable shared-secret 7 Zx5rVx8a", "Zx5rVx8a"),
  plant("sip", " authentication username 2001 password 7 Zx6rVx8a realm cisco", "Zx6rVx8a"),
  plant("snmp community", "snmp-server community Zx7rVx8a RO 10", "Zx7rVx8a"),
  plant("snmp host", "snmp-server host 192.0.2.8 Zx8rVx8a", "Zx8rVx8a"),
  plant(
    "snmp host version",
    "snmp-server host 192.0.2.8 vrf MGMT informs version 2c Zx9rVx8a udp-port 162",
    "Zx9rVx8a",
  ),
  plant("snmp user auth", "snmp-server user bob OPS v3 auth sha Zy1rVx8a priv aes 128 Zy1tVx8a", "Zy1rVx8a"),
  plant("snmp user priv", "snmp-server user bob OPS v3 auth sha Zy1rVx8a priv aes 128 Zy1tVx8a", "Zy1tVx8a"),
  plant("snmp mib", "snmp mib community-map Zy2rVx8a engineid 80000009", "Zy2rVx8a"),
  plant("bgp", " neighbor 192.0.2.1 password 7 0822455DZy3", "0822455DZy3"),
  plant("ospf", " ip ospf authentication-key Zy4rVx8a", "Zy4rVx8a"),
  plant("ospf md5", " ip ospf message-digest-key 1 md5 7 0822455DZy5", "0822455DZy5"),
  plant("virtual link", " area 1 virtual-link 192.0.2.2 message-digest-key 1 md5 Zy6rVx8a", "Zy6rVx8a"),
  plant("isis", " isis password Zy7rVx8a level-1", "Zy7rVx8a"),
  plant("area-password", " area-password Zy8rVx8a", "Zy8rVx8a"),
  plant("key chain", "key chain KC\n key 1\n  key-string 7 Zy9rVx8a", "Zy9rVx8a"),
  plant("hsrp", " standby 1 authentication Zz1rVx8a", "Zz1rVx8a"),
  plant("hsrp word", " standby 1 authentication open741", "open741"),
  plant("hsrp md5", " standby 1 authentication md5 key-string Zz2rVx8a timeout 30", "Zz2rVx8a"),
  plant("vrrp", " vrrp 1 authentication text Zz3rVx8a", "Zz3rVx8a"),
  plant("ntp", "ntp authentication-key 1 md5 Zz4rVx8a 7", "Zz4rVx8a"),
  plant("ldp", "mpls ldp neighbor 192.0.2.3 password Zz5rVx8a", "Zz5rVx8a"),
];

const OTHER_PLATFORMS: readonly PlantedSecret[] = [
  plant("swanctl", 'secrets {\n  ike-x {\n    id = 203.0.113.2\n    secret = "Aq1rVx8a"\n  }\n}', "Aq1rVx8a"),
  plant("swanctl bare with blanks", "    secret = Aq2r Vx8a9", "Vx8a9"),
  plant("swanctl on one line", "secrets { ike-x { id=203.0.113.2 secret=Aq3rVx8a } }", "Aq3rVx8a"),
  plant("ipsec.secrets", '203.0.113.2 198.51.100.1 : PSK "Aq4rVx8a"', "Aq4rVx8a"),
  plant("ipsec.secrets any", ': PSK "Aq5r Vx8a"', "Aq5r Vx8a"),
  plant("ipsec.secrets bare", "%any @hub.example.net : PSK Aq6rVx8a", "Aq6rVx8a"),
  plant("ipsec.secrets base64", ": PSK 0sQXE3clZ4OGE5Yg==", "QXE3clZ4OGE5Yg=="),
  plant("ipsec.secrets hex", ": PSK 0x417138725678386139", "417138725678386139"),
  plant("ipsec.secrets rsa", ': RSA hub.pem "Aq9rVx8a"', "Aq9rVx8a"),
  plant("ipsec.secrets xauth", 'bob : XAUTH "Ar1rVx8a"', "Ar1rVx8a"),
  plant("ipsec.secrets eap", "bob : EAP Ar2rVx8a", "Ar2rVx8a"),
  plant("libreswan rsa block", ": RSA {\n  Modulus: 0xAr3c0ffee\n  PrivateExponent: 0xAr3deadbeef\n  }", "Ar3deadbeef"),
  plant("fortigate", "config vpn ipsec phase1-interface\n    edit HUB\n        set psksecret Ar4rVx8a", "Ar4rVx8a"),
  plant("fortigate quoted", '        set psksecret "Ar5r Vx8a"', "Ar5r Vx8a"),
  plant("fortigate encrypted", "        set psksecret ENC Ar6rVx8aAEIcHk/M==", "Ar6rVx8aAEIcHk/M=="),
  plant("fortigate password", "        set password Ar7rVx8a", "Ar7rVx8a"),
  plant("junos", 'pre-shared-key ascii-text "$9$Ar8rVx8aLxdw"; ## SECRET-DATA', "$9$Ar8rVx8aLxdw"),
  plant("junos set", 'set security ike policy IP pre-shared-key ascii-text "Ar9r Vx8a"', "Ar9r Vx8a"),
  plant("junos set bare", "set security ike policy IP pre-shared-key ascii-text As1rVx8a", "As1rVx8a"),
  plant("junos hexadecimal", "        pre-shared-key hexadecimal 41733272567838615a;", "41733272567838615a"),
  plant(
    "junos set hexadecimal",
    "set security ike policy P pre-shared-key hexadecimal 41743272567838615a",
    "41743272567838615a",
  ),
  plant("junos typed", "[edit security ike]\nnoc@srx# set policy P pre-shared-key ascii-text Au5rVx8a", "Au5rVx8a"),
  plant(
    "junos xml",
    "<pre-shared-key>\n<ascii-text>$9$Au6rVx8aLxdw</ascii-text>\n</pre-shared-key>",
    "$9$Au6rVx8aLxdw",
  ),
  plant("junos json", '"pre-shared-key" : {\n"ascii-text" : "$9$Au7rVx8aLxdw"\n}', "$9$Au7rVx8aLxdw"),
  plant("junos radius", 'set system radius-server 192.0.2.5 secret "As3rVx8a"', "As3rVx8a"),
  plant("junos community", "set snmp community As4rVx8a authorization read-only", "As4rVx8a"),
  plant("junos community block", "snmp {\n    community As5rVx8a {\n        authorization read-only;", "As5rVx8a"),
  plant("junos trap group", "set snmp trap-group As6rVx8a targets 192.0.2.8", "As6rVx8a"),
  plant(
    "junos encrypted",
    'set system root-authentication encrypted-password "$6$As7rVx8a$0bNw1x"',
    "$6$As7rVx8a$0bNw1x",
  ),
  plant("junos plain", "set system root-authentication plain-text-password-value As8rVx8a", "As8rVx8a"),
  plant("junos bgp", 'set protocols bgp group G authentication-key "As9rVx8a"', "As9rVx8a"),
  plant("pan-os in braces", "pre-shared-key {\n  key -AQ==Ct1rVx8aQz9=4mWn3oP5;\n}", "Ct1rVx8aQz9"),
  plant("pan-os in braces, plain", "authentication {\n  pre-shared-key {\n    key Ct2rVx8aQz;\n  }\n}", "Ct2rVx8aQz"),
  plant("pan-os xml", "<pre-shared-key>\n<key>-AQ==Ct3rVx8aQz9=4mWn3oP5</key>\n</pre-shared-key>", "Ct3rVx8aQz9"),
  plant(
    "pan-os template",
    'set template T config network ike gateway "GW 1" authentication pre-shared-key key "Ct4r Vx8aQz"',
    "Ct4r Vx8aQz",
  ),
  plant("pan-os local user", "set mgt-config users netops phash $5$Ct5rVx8a$Qz9", "$5$Ct5rVx8a$Qz9"),
  plant(
    "routeros old peer",
    "/ip ipsec peer\nadd address=203.0.113.2/32 dh-group=modp1024 secret=Ct6rVx8aQz",
    "Ct6rVx8aQz",
  ),
  plant(
    "routeros printed",
    ' 0  D peer=hq auth-method=pre-shared-key secret="Ct7rVx8aQz" generate-policy=no',
    "Ct7rVx8aQz",
  ),
  plant(
    "routeros keys of SAs",
    ' 0 HE spi=0xA1B2C3D src-address=198.51.100.1 dst-address=192.0.2.10 state=mature\n      auth-key="c78f3abcdef0011223344" enc-key="c79f1eabcd77e6a5b4c3d2"',
    "c79f1eabcd77e6a5b4c3d2",
  ),
  plant(
    "routeros keys of SAs, first",
    ' 0 HE spi=0xA1B2C3D src-address=198.51.100.1 dst-address=192.0.2.10 state=mature\n      auth-key="c78f3abcdef0011223344" enc-key="c79f1eabcd77e6a5b4c3d2"',
    "c78f3abcdef0011223344",
  ),
  plant(
    "routeros l2tp",
    "/interface l2tp-client\nadd connect-to=203.0.113.2 ipsec-secret=Ct8rVx8aQz use-ipsec=yes",
    "Ct8rVx8aQz",
  ),
  plant("routeros typed in the menu", "[admin@gw] /ip ipsec identity> set 0 secret=Ct9rVx8aQz", "Ct9rVx8aQz"),
  plant("pan-os", "set network ike gateway GW authentication pre-shared-key key At1rVx8a", "At1rVx8a"),
  plant(
    "pan-os encrypted",
    "set network ike gateway GW authentication pre-shared-key key -AQ==At2rVx8a=",
    "-AQ==At2rVx8a=",
  ),
  plant("pan-os xml", "<pre-shared-key><key>At3rVx8a</key></pre-shared-key>", "At3rVx8a"),
  plant("pan-os phash", "set mgt-config users bob phash $1$At4rVx8a$1bNw1x", "$1$At4rVx8a$1bNw1x"),
  plant("routeros", "/ip ipsec identity add auth-method=pre-shared-key peer=hub secret=At5rVx8a", "At5rVx8a"),
  plant("routeros quoted", '/ip ipsec identity add peer=hub secret="At6r \\"Vx8a"', "At6r"),
  plant("routeros carried on", '/ip ipsec identity\nadd peer=hub secret=\\\n    "At7rVx8a"', "At7rVx8a"),
  plant("routeros cut in the middle", '/ip ipsec identity\nadd peer=hub secret="At8r\\\n    Kq3xWm7z"', "Kq3xWm7z"),
  plant("aws json", '{"TunnelOptions":[{"OutsideIpAddress":"203.0.113.5","PreSharedKey":"At9rVx8a"}]}', "At9rVx8a"),
  plant("aws xml", "<ike><pre_shared_key>Au1rVx8a</pre_shared_key></ike>", "Au1rVx8a"),
  plant("aws cli", "aws ec2 create-vpn-connection --options TunnelOptions=[{PreSharedKey=Au2rVx8a}]", "Au2rVx8a"),
  plant("aws text", "  - Pre-Shared Key           : Au3rVx8a", "Au3rVx8a"),
  plant(
    "xfrm state",
    "\tauth-trunc hmac(sha256) 0x6175347256783861617534725678386161753472567838616175347256783861 128",
    "6175347256783861617534725678386161753472567838616175347256783861",
  ),
  plant("xfrm state enc", "\tenc cbc(aes) 0x61753572567838616175357256783861", "61753572567838616175357256783861"),
  plant(
    "xfrm state aead",
    "\taead rfc4106(gcm(aes)) 0x6175367256783861617536725678386161753672 128",
    "6175367256783861617536725678386161753672",
  ),
  plant(
    "fortigate tunnel list",
    "  dec: spi=01e54b14 esp=aes key=16 61753772567838616175377256783861",
    "61753772567838616175377256783861",
  ),
  plant(
    "fortigate debug",
    "ike 0:HUB:12: ISAKMP SA 1a2b3c4d5e6f7081/1a2b3c4d5e6f7082 key 16:61753872567838616175387256783861",
    "61753872567838616175387256783861",
  ),
  plant(
    "fortigate tunnel list, integrity",
    "       ah=sha256 key=32 6175377256783861617537725678386161753772567838616175377256783862",
    "6175377256783861617537725678386161753772567838616175377256783862",
  ),
  plant("fortigate gateway list", "  key: 7175377256783861-7175377256783862", "7175377256783862"),
  plant(
    "fortigate gateway list, IKEv2",
    "  SK_ei: 8175377256783861-8175377256783862-8175377256783863-8175377256783864",
    "8175377256783864",
  ),
  plant(
    "fortigate tunnel details",
    "        enc: aes-cb  9175377256783861617537725678386f",
    "9175377256783861617537725678386f",
  ),
  plant(
    "fortigate tunnel details, integrity",
    "        auth:   sha1  a175377256783861617537725678386f12345678",
    "a175377256783861617537725678386f12345678",
  ),
  plant(
    "fortigate debug of IKEv2",
    "ike V=root:0:HUB:14: IKE SA 1a2b3c4d5e6f7081/1a2b3c4d5e6f7082 SK_er 32:B17537725678386161753772567838616175377256783861617537725678386F",
    "B17537725678386161753772567838616175377256783861617537725678386F",
  ),
  plant(
    "fortigate debug of quick mode",
    "ike 0:HUB:12:HUB-P2:5: IPsec SA enc spi 747c10c6 key 16:C1753772567838616175377256783861 auth 20:D1753772567838616175377256783861AABBCCDD",
    "C1753772567838616175377256783861",
  ),
  plant(
    "fortigate debug of quick mode, integrity",
    "ike V=root:0:HUB:12:HUB-P2:5: IPsec SA dec spi ca64644a key 16:E1753772567838616175377256783861 auth 20:D1753772567838616175377256783861AABBCCDD",
    "D1753772567838616175377256783861AABBCCDD",
  ),
  plant("fortigate typed in one line", "set remote-gw 192.0.2.9 ; set psksecret Ax7rVx8a", "Ax7rVx8a"),
  plant("fortigate old key form", '        set psksecret-remote "Ax8rVx8a"', "Ax8rVx8a"),
  plant("wireguard", "PrivateKey = Au9rVx8aAu9rVx8aAu9rVx8aAu9rVx8aAu9rVx8aAu4=", "Au9rVx8aAu9rVx8a"),
  plant(
    "ike dump",
    "12[IKE] SK_d secret => 20 bytes @ 0x7f3c\n12[IKE]    0: 41 76 31 72 56 78 38 61 41 76 31 72 56 78 38 61  Av1rVx8aAv1rVx8a",
    "Av1rVx8a",
  ),
];

const IN_SENTENCES: readonly PlantedSecret[] = [
  plant("asked in quotes", 'is "Fq1rVx8a" the right key?', "Fq1rVx8a"),
  plant("asked in quotes, with blanks", 'is "brown Fq2fox jumps" the right key?', "brown Fq2fox jumps"),
  plant("asked without quotes", "Is Fq3rVx8a the correct pre-shared key for this tunnel?", "Fq3rVx8a"),
  plant("named after its word", "what about key Gq1rVx8a?", "Gq1rVx8a"),
  plant("named after its word, in a sentence", "I think the key Gq2rVx8a is wrong on the spoke", "Gq2rVx8a"),
  plant("tried", "we tried psk Gq3rVx8a and it still fails", "Gq3rVx8a"),
  plant("tried, plain word", "should we try password swordfish?", "swordfish"),
  plant("named, plain word", "what about key swordfish?", "swordfish"),
  plant("with, plain word", "same error with the psk swordfish.", "swordfish"),
  plant("German, named", "was ist mit Schlüssel Gq4rVx8a?", "Gq4rVx8a"),
  plant("told", "the psk is Fq4rVx8a, on both sides", "Fq4rVx8a"),
  plant("told, plain word", "the pre-shared key is swordfish", "swordfish"),
  plant("told with a place between", "the key on the hub is Fq5rVx8a", "Fq5rVx8a"),
  plant("told with words between", "the pre-shared key we use is Fq6rVx8a", "Fq6rVx8a"),
  plant("told with must", "the key must be Fq7rVx8a on both", "Fq7rVx8a"),
  plant("told in quotes", 'the key is "horse Fq8 battery"', "horse Fq8 battery"),
  plant("used as", "we use Fq9rVx8a as key", "Fq9rVx8a"),
  plant("used as, plain word", "we are using swordfish as the pre-shared key", "swordfish"),
  plant("set as", "I set Fr1rVx8a as psk on both ends", "Fr1rVx8a"),
  plant("turned round", "Fr2rVx8a is the key", "Fr2rVx8a"),
  plant("turned round, plain word", "swordfish is our psk", "swordfish"),
  plant("with a sign", "pre-shared key: Fr3rVx8a", "Fr3rVx8a"),
  plant("with a dash", "pre-shared key - Fr4rVx8a", "Fr4rVx8a"),
  plant("with a place and a sign", "key on both sides: Fr5rVx8a", "Fr5rVx8a"),
  plant("with a bracket", "key (both sides) Fr6rVx8a", "Fr6rVx8a"),
  plant("with an apostrophe", "my key's Fr7rVx8a", "Fr7rVx8a"),
  plant("of both ends", 'Key: "Fr8rVx8a" (hub) vs "Fr8tVx8b" (spoke)', "Fr8tVx8b"),
  plant("of both ends, had", "hub has Fr9rVx8a, spoke has Fr9tVx8b as key", "Fr9rVx8a"),
  plant("was changed", "the key was changed to Fs1rVx8a yesterday", "Fs1rVx8a"),
  plant("German", "der Schlüssel ist Fs2rVx8a", "Fs2rVx8a"),
  plant("German without umlauts", "Der Schluessel lautet Fs3rVx8a", "Fs3rVx8a"),
  plant("German, used as", "wir benutzen Fs4rVx8a als PSK", "Fs4rVx8a"),
  plant("German, asked", 'Ist "Fs5rVx8a" der richtige Schlüssel?', "Fs5rVx8a"),
  plant("German with a sign", "Kennwort: Fs6rVx8a", "Fs6rVx8a"),
  plant("German, told", "unser Passwort ist Fs7rVx8a", "Fs7rVx8a"),
  plant("Spanish", "la clave precompartida es Fs8rVx8a", "Fs8rVx8a"),
  plant("Spanish, used as", "usamos Fs9rVx8a como clave", "Fs9rVx8a"),
  plant("Spanish, asked", '¿es "Ft1rVx8a" la clave correcta?', "Ft1rVx8a"),
  plant("Spanish with a sign", "contraseña: Ft2rVx8a", "Ft2rVx8a"),
  plant("French", "la clé partagée est Ft3rVx8a", "Ft3rVx8a"),
  plant("French, used as", "nous utilisons Ft4rVx8a comme clé", "Ft4rVx8a"),
  plant("French, asked", 'est-ce que "Ft5rVx8a" est la bonne clé ?', "Ft5rVx8a"),
  plant("French with a sign", "mot de passe : Ft6rVx8a", "Ft6rVx8a"),
  plant("French, accents as signs of their own", "la cle\u0301 est Ft7rVx8a", "Ft7rVx8a"),
  plant("Italian", "la chiave è Ft8rVx8a", "Ft8rVx8a"),
  plant("Portuguese", "senha: Ft9rVx8a", "Ft9rVx8a"),
];

const WRAPPED: readonly PlantedSecret[] = [
  ...[34, 64, 100].flatMap((columns) => {
    const filler = "Kw".repeat(columns);
    const head = `crypto isakmp key Fu1${filler}`.slice(0, columns);
    const keyring = `pre-shared-key address 203.0.113.2 key Fu2${filler}`.slice(0, Math.max(columns, 45));
    return [
      plant(`isakmp key, its tail wrapped at ${columns} columns`, `${head}\nTailFu3Q address 203.0.113.2`, "TailFu3Q"),
      plant(
        `keyring, its tail wrapped at ${columns} columns`,
        `crypto keyring SPOKES\n${keyring}\nTailFu4Q\ncrypto isakmp policy 10\n encr aes`,
        "TailFu4Q",
      ),
    ];
  }),
  plant(
    "isakmp key, wrapped on a narrow screen beside longer lines",
    `crypto isakmp key Fu5rVx8\nTailFu6Q address 203.0.113.2\n${"! remark ".repeat(12)}`,
    "TailFu6Q",
  ),
  plant(
    "key table, key below a long address, indentation lost",
    "R1#show crypto isakmp key\nKeyring Hostname/Address Preshared Key\n\ndefault 2001:0DB8:1111:2222:3333:4444:5555:6666\nFu7Lm3bQw",
    "Fu7Lm3bQw",
  ),
  plant(
    "key table, key with blanks below a long address",
    "R1#show crypto isakmp key\nKeyring Hostname/Address Preshared Key\nKR-LONG-NAME 2001:0DB8:1111:2222:3333:4444:5555:6666/128\nFu8 Lm3bQw",
    "Lm3bQw",
  ),
];

const TABLES_AND_BLOCKS: readonly PlantedSecret[] = [
  plant(
    "key table through a filter",
    "R1#sh cry isa key | i 10\nKR-B         198.51.100.10                               Zk7qLm2aQw",
    "Zk7qLm2aQw",
  ),
  plant(
    "key table, key on the line below a long address",
    "R1#show crypto isakmp key\nKeyring      Hostname/Address                            Preshared Key\n\ndefault      2001:0DB8:1111:2222:3333:4444:5555:6666\n             Zn7qLm3bQw",
    "Zn7qLm3bQw",
  ),
  plant(
    "key table",
    "R1#show crypto isakmp key\nKeyring      Hostname/Address                            Preshared Key\n\ndefault      203.0.113.2                                 Bq1rVx8a",
    "Bq1rVx8a",
  ),
  plant(
    "key table, keyring named once",
    "Keyring      Hostname/Address                            Preshared Key\n\ndefault      198.51.100.7                                Bs1rVx8a\n             192.0.2.0        [255.255.255.0]            Bs1sVx8a\n             spoke5.example.net                          Bs1tVx8a",
    "Bs1tVx8a",
  ),
  plant(
    "key table by VRF",
    "Hostname/Address              Preshared Key\nRED : 198.51.100.7            Bs2rVx8a\nBLUE:198.51.100.8             Bs2tVx8a",
    "Bs2tVx8a",
  ),
  plant(
    "key table IPv6",
    "Keyring      Hostname/Address                            Preshared Key\nLYON-KEYS    2001:DB8:0:13::3/128                        Bs3rVx8a",
    "Bs3rVx8a",
  ),
  plant(
    "key table with mask",
    "Keyring      Hostname/Address                            Preshared Key\nSPOKES       203.0.113.0    [255.255.255.0]              Bq2rVx8a\nSPOKES       hub.example.net                             Bq2tVx8a",
    "Bq2tVx8a",
  ),
  plant(
    "key table, columns lost",
    "R1#sh cry isa key\nKeyring Hostname/Address Preshared Key\ndefault 203.0.113.2 Bq3rVx8a",
    "Bq3rVx8a",
  ),
  plant("key table, rows alone", "default      203.0.113.2                                 Bq4rVx8a", "Bq4rVx8a"),
  plant(
    "key table, passphrase",
    "R1#show crypto isakmp key\nKeyring Hostname/Address Preshared Key\ndefault 203.0.113.2 Bq5r Vx8a9",
    "Vx8a9",
  ),
  plant(
    "show key chain",
    'Key-chain KC:\n    key 1 -- text "Bq6rVx8a"\n        accept lifetime (always valid)',
    "Bq6rVx8a",
  ),
  plant(
    "more system",
    "hub# more system:running-config\ntunnel-group 203.0.113.2 ipsec-attributes\n ikev1 pre-shared-key Bq7rVx8a",
    "Bq7rVx8a",
  ),
  plant(
    "private key",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEBq8rVx8a1\nBq8tVx8a\n-----END RSA PRIVATE KEY-----",
    "Bq8tVx8a",
  ),
  plant(
    "private key cut off",
    "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEBq9rVx8a1\n! then other things",
    "Bq9rVx8a1",
  ),
  plant(
    "private key on one line",
    "key: -----BEGIN PRIVATE KEY----- MIIEBr1rVx8a -----END PRIVATE KEY-----",
    "MIIEBr1rVx8a",
  ),
  plant(
    "private key escaped",
    '{"pem":"-----BEGIN PRIVATE KEY-----\\nMIIEBr2rVx8a\\n-----END PRIVATE KEY-----\\n"}',
    "MIIEBr2rVx8a",
  ),
  plant(
    "certificate",
    "crypto pki certificate chain CA\n certificate self-signed 01\n  30820229 30820192 A0030201 02020101\n  \tquit",
    "30820229 30820192",
  ),
  plant(
    "pubkey chain",
    "  key-string\n   AAAAB3NzaC1yc2EAAAADAQABAAABBr4rVx8a\n   exit",
    "AAAAB3NzaC1yc2EAAAADAQABAAABBr4rVx8a",
  ),
  plant("key data", "Key name: R1.example.net\n Key Data:\n  305C300D 06092A86 4886F70D", "305C300D 06092A86"),
  plant("ssh-rsa", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABBr6rVx8a bob@host", "AAAAB3NzaC1yc2EAAAADAQABBr6rVx8a"),
  plant("key-hash", "   key-hash ssh-rsa D1F5Br7rVx8a bob", "D1F5Br7rVx8a"),
];

const TOKENS: readonly PlantedSecret[] = [
  plant("url", "copy ftp://bob:Cq1rVx8a@192.0.2.8/flash.bin", "Cq1rVx8a"),
  plant("url with at", "archive path scp://bob:Cq2@r/Vx8a@192.0.2.8/cfg", "Cq2@r/Vx8a"),
  plant("url in slack", "<https://bob:Cq3rVx8a@192.0.2.8/x|https://bob:Cq3rVx8a@192.0.2.8/x>", "Cq3rVx8a"),
  plant("url query", "GET https://192.0.2.8/api?user=bob&password=Cq4rVx8a&x=1", "Cq4rVx8a"),
  plant("curl", "curl -u bob:Cq5rVx8a https://192.0.2.8/rest", "Cq5rVx8a"),
  plant("sshpass", "sshpass -p Cq6rVx8a ssh bob@192.0.2.8", "Cq6rVx8a"),
  plant("bearer", "Authorization: Bearer Cq7rVx8aCq7rVx8aCq7rVx8a", "Cq7rVx8aCq7rVx8aCq7rVx8a"),
  plant("slack token", `the bot uses ${"xox"}b-2401-90210741-Cq8rVx8aCq8r`, "90210741-Cq8rVx8aCq8r"),
  plant("aws id", `${"AK"}IAIOSFODNN7CQ9RVXA`, "IOSFODNN7CQ9RVXA"),
  plant(
    "aws key",
    "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/Cr1rVx8aEXAMPLE",
    "wJalrXUtnFEMI/K7MDENG/Cr1rVx8aEXAMPLE",
  ),
  plant("jwt", "jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJDcjIifQ.Cr2rVx8aCr2rVx8a", "Cr2rVx8aCr2rVx8a"),
  plant(
    "discord token",
    `${"MTI"}zNDU2Nzg5MDEyMzQ1Njc4.GCr3rV.Cr3rVx8aCr3rVx8aCr3rVx8aCr3r`,
    "Cr3rVx8aCr3rVx8aCr3rVx8aCr3r",
  ),
  plant("github token", `${"gh"}p_Cr4rVx8aCr4rVx8aCr4rVx8aCr4rVx8aCr4r`, "Cr4rVx8aCr4rVx8aCr4r"),
  plant("webhook", "https://hooks.slack.com/services/T0000/B0000/Cr5rVx8aCr5rVx8a", "Cr5rVx8aCr5rVx8a"),
];

const CHAT: readonly PlantedSecret[] = [
  plant("slack entities", "&lt;config&gt; crypto isakmp key Dq1&amp;rVx8a address 203.0.113.2", "rVx8a"),
  plant("smart quotes", "203.0.113.2 : PSK “Dq2rVx8a”", "Dq2rVx8a"),
  plant("discord escapes", "pre\\-shared\\-key address 203.0.113.2 key Dq3rVx8a", "Dq3rVx8a"),
  plant("fence", "```\ncrypto isakmp key Dq4rVx8a address 203.0.113.2\n```", "Dq4rVx8a"),
  plant("inline code", "is `crypto isakmp key Dq5rVx8a address 203.0.113.2` right?", "Dq5rVx8a"),
  plant("quote", "> crypto isakmp key Dq6rVx8a address 203.0.113.2", "Dq6rVx8a"),
  plant("bullet", "• pre-shared-key Dq7rVx8a", "Dq7rVx8a"),
  plant("line numbers", "  12: crypto isakmp key Dq8rVx8a address 203.0.113.2", "Dq8rVx8a"),
  plant(
    "all on one line",
    "crypto isakmp policy 10 encr aes authentication pre-share group 14 crypto isakmp key Dq9rVx8a address 203.0.113.2",
    "Dq9rVx8a",
  ),
  plant("wrapped at 80", `crypto isakmp key ${"Dr1rVx8a".repeat(7)}Dr1rV\nx8aEnd address 203.0.113.2`, "x8aEnd"),
  plant("keyword wrapped at 80", `${"! ".repeat(35)}pre-shared\n-key Dr2rVx8a`, "Dr2rVx8a"),
  plant("said in prose", "the password is Dr3rVx8a by the way", "Dr3rVx8a"),
  plant("said with a colon", "PSK: Dr4rVx8a", "Dr4rVx8a"),
  plant("said with a verb", "we changed the pre-shared key to Dr5rVx8a yesterday", "Dr5rVx8a"),
  plant("bold", "**Pre-shared key:** Dr6rVx8a", "Dr6rVx8a"),
  plant("table", "| Pre-shared key | Dr7rVx8a | Dr7tVx8a |", "Dr7rVx8a"),
  plant("next line", "Pre-shared key:\nDr8rVx8a", "Dr8rVx8a"),
  plant("zero width", "pass\u200bword Dr9rVx8a", "Dr9rVx8a"),
  plant("non-breaking blanks", "crypto isakmp key\u00a0Ds1rVx8a address 203.0.113.2", "Ds1rVx8a"),
  plant("upper case", "CRYPTO ISAKMP KEY Ds2rVx8a ADDRESS 203.0.113.2", "Ds2rVx8a"),
  plant("json in json", '"{\\"psk\\":\\"Ds3rVx8a\\"}"', "Ds3rVx8a"),
  plant("yaml", "ike_psk: Ds4rVx8a", "Ds4rVx8a"),
  plant("diff", "+ pre-shared-key address 203.0.113.2 key Ds5rVx8a", "Ds5rVx8a"),
  plant("author's mark", "  pre-shared-key address 203.0.113.2 key Ds6rVx8a   <-- this is the key", "Ds6rVx8a"),
  plant("html quotes", "secret=&quot;Ds7rVx8a&quot;", "Ds7rVx8a"),
  plant("carriage returns", "crypto keyring K\r\n  pre-shared-key address 203.0.113.2 key Ds8rVx8a\r\n", "Ds8rVx8a"),
  plant("unknown keyword form", "frobnicate shared-secret Ds9rVx8a on outside", "Ds9rVx8a"),
  plant("unknown with a passphrase", 'vpn-passphrase "Dt1r Vx8a"', "Dt1r Vx8a"),
];

/** Typed at a prompt, abbreviated and misspelt, in logs of commands, and keys that read like something else. */
const TYPED: readonly PlantedSecret[] = [
  plant("abbreviated", "HUB(config)#cr is k Es1rVx8a ad 203.0.113.2", "Es1rVx8a"),
  plant("abbreviated with blanks", "HUB(config)#cry isa key Es2r Vx8a9 addr 203.0.113.2", "Vx8a9"),
  plant("abbreviated in a keyring", "HUB(conf-keyring)#pre-s add 203.0.113.2 k Es3rVx8a", "Es3rVx8a"),
  plant(
    "misspelt and refused",
    "HUB(config)#crypto isakmp kye Es4rVx8a address 203.0.113.2\n                         ^",
    "Es4rVx8a",
  ),
  plant("hostname, type 0", "HUB(config)#crypto isakmp key 0 Es5rVx8a hostname PUNE", "Es5rVx8a"),
  plant("enable abbreviated", "HUB(config)#ena sec Es6rVx8a", "Es6rVx8a"),
  plant("username abbreviated", "HUB(config)#user bob priv 15 pass Es7rVx8a", "Es7rVx8a"),
  plant("line password abbreviated", "HUB(config-line)#pass Es8rVx8a", "Es8rVx8a"),
  plant("community abbreviated", "HUB(config)#snmp-s com Es9rVx8a ro", "Es9rVx8a"),
  plant(
    "archive of commands",
    "   12   1       admin@console  |crypto isakmp key Et1r Vx8a9 address 203.0.113.2",
    "Vx8a9",
  ),
  plant("command accounting", "AAA/AUTHOR: exec cmd=crypto isakmp key Et2rVx8a address 203.0.113.2", "Et2rVx8a"),
  plant("begins with a colon", " password :Et3rVx8a", ":Et3rVx8a"),
  plant("begins with an equals sign", "crypto isakmp key =Et4rVx8a address 203.0.113.2", "=Et4rVx8a"),
  plant("with bars and entities", "crypto isakmp key Et|5&rV<x8a address 203.0.113.2", "Et|5&rV<x8a"),
  plant("with quotes and backslashes", "crypto isakmp key Et\\6\"r'V%x8a address 203.0.113.2", "Et\\6\"r'V%x8a"),
  plant("in Cyrillic", "crypto isakmp key Туннель7ключ address 203.0.113.2", "Туннель7ключ"),
  plant("in any script", " pre-shared-key é漢ß7Zq漢字", "é漢ß7Zq漢字"),
  plant("radius with blanks", "radius-server host 192.0.2.5 key Et7r Vx8a9", "Vx8a9"),
  plant("line password with blanks", "line vty 0 4\n password Et8r Vx8a9", "Vx8a9"),
  plant("passphrase of words", "psk: kumquat jukebox Et9rVx8a", "kumquat jukebox Et9rVx8a"),
  plant(
    "key table, host name alone",
    "Hostname/Address                            Preshared Key\nPUNE                                        Eu1rVx8a",
    "Eu1rVx8a",
  ),
  plant(
    "key table, host name and passphrase",
    "Keyring      Hostname/Address                            Preshared Key\ndefault      PUNE                                        Eu2r Vx8a9",
    "Vx8a9",
  ),
  plant(
    "key table, a log message in the middle",
    "Keyring      Hostname/Address                            Preshared Key\n*Oct 25 18:50:01.497: %SYS-5-CONFIG_I: Configured from console by admin\n             PUNE                                        Eu3rVx8a",
    "Eu3rVx8a",
  ),
  plant(
    "private key, a log message in the middle",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEBEu4rVx8a\n*Oct 25 18:50:01.497: %SYS-5-CONFIG_I: Configured from console by admin\nEu4tVx8aEu4tVx8a\n-----END RSA PRIVATE KEY-----",
    "Eu4tVx8aEu4tVx8a",
  ),
  plant("url with a bar", "copy ftp://bob:Eu5|rVx8a@192.0.2.8/flash.bin", "rVx8a"),
];

export const PLANTED_SECRETS: readonly PlantedSecret[] = [
  ...CONFIGURATION,
  ...LOGIN_AND_AAA,
  ...OTHER_PLATFORMS,
  ...IN_SENTENCES,
  ...WRAPPED,
  ...TABLES_AND_BLOCKS,
  ...TOKENS,
  ...CHAT,
  ...TYPED,
];

export const ALL_IN_ONE = PLANTED_SECRETS.map(({ text }) => text).join("\n\n!\n\n");

/** The secret as it is and in JSON, its base64 at each of three offsets, its halves of at least 8 characters. */
export function traces(secret: string): string[] {
  const encoded = ["", "a", "ab"].map((before) =>
    Buffer.from(before + secret)
      .toString("base64")
      .slice(4, -4),
  );
  const half = Math.ceil(secret.length / 2);
  const parts = [secret.slice(0, half), secret.slice(-half), ...encoded].filter((part) => part.length >= 8);
  return [secret, JSON.stringify(secret).slice(1, -1), ...parts];
}

/** The planted secrets that a text holds, by name. */
export function seenIn(text: string, planted: readonly PlantedSecret[]): string[] {
  return planted.filter(({ secret }) => traces(secret).some((trace) => text.includes(trace))).map(({ name }) => name);
}

function plant(name: string, text: string, secret: string): PlantedSecret {
  return { name, text, secret };
}

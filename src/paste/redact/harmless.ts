/**
 * What may follow a keyword without being a secret: "key exchange", "pre-shared key with 192.0.2.1", "auth pre-share".
 * Only these stay; anything else that follows a keyword goes. They do not count where the form says that a key stands
 * there (`pre-shared-key …` at the start of a line, `crypto isakmp key …`).
 */
const TALK = words(`
  a an the this that these those it its and or nor but not no none nothing on of off in into at by for with without within
  between against across over under during via per after before until since when while where which who whose what why how
  if then than so also too very just still again only both either each every all any some same other another different
  identical equal similar new old wrong right correct correctly incorrect bad good valid invalid ok okay fine missing
  present absent unknown empty blank must should shall can cannot could would will may might do does did don't doesn't
  didn't done has have had be been being were am isn't wasn't aren't won't match matches matched matching mismatch
  mismatched mismatches differ differs differing fail fails failed failing failure failures error errors expired expires
  expiry expiration timeout changed change changes rotate rotated rotation reset resets rejected refused accepted allowed
  denied denial needed required requires require found configured configuration config configure defined set used use uses
  using enabled enable disabled disable exists exist works worked working ready present sent received receive supported
  unsupported available unavailable offered proposed negotiated processing processed check checks checked checking
  verification verify verified verifying validation validate here there now today yesterday please thanks we you i they he
  she our your my their us me them vs versus side sides end ends peer peers router routers firewall gateway tunnel tunnels
  device devices interface problem problems issue issues question prompt field fields file files line lines value values
  word words list lists table entry entries section part option options setting settings parameter parameters success
  successful successfully unsuccessful unsuccessfully completed complete completes done start started starting stop stopped
  state states status event events message messages msg payload payloads packet packets notify notification request requests
  response responses reply timer time times count counter number total first last next previous current
  local remote default group groups user users policy policies profile profiles
  address addresses ip ipv4 ipv6 vrf hostname match identity identities identifier name names named id ids type types mode modes
  method methods algorithm algorithms protocol version versions data info information length size sizes strength
  to as from is are was include exclude section begin count redirect tee append less more
  removed hidden recv rcv send yes y n true false null undefined n/a
`);

const KEY = words(`
  exchange exch exchanges lifetime lifetimes life generate generated generation generating gen zeroize zeroized zeroise pair pairs ring rings keyring
  chain chains chain: agreement derivation derive derived management mgmt mgr manager material materials materiel share shares shared
  usage use server servers label encipherment cert certificate certificates sign signing signature bind bound eng engine engine: encryption encrypt
  encrypted decrypt auth authentication storage store stored rollover renewal rekey rekeys export exportable import lock
  unlock move pubkey-chain mypubkey modulus bits bit bytes byte size: length: data: server: id: type: name: usage: label: exchange: distribution
  mac triple single double general-keys usage-keys payload keepalive int lookup index hash fingerprint digest addition deletion added deleted cached installed installing
  hashes picked establishment negotiation schedule space wrap transport recovery point points word factor features feature role
  config-key replace retrieval verb verbs step steps takeaway takeaways idea thing len computation acquire reauthentication
`);

const AUTH = words(`
  pre pre-s pre-sh pre-sha pre-shar rsa-s rsa-e pre-share pre-shared pre-shared-key pre-shared-keys preshared presharedkeys presharedkey psk psks rsa rsasig rsa-sig rsa-encr rsa-signature ecdsa ecdsa-sig
  ecdsa-256 ecdsa-384 ecdsa-521 dss dsa pubkey public-key signature signatures sig sign certificate certificates cert certs eap eap-proxy eap-mschapv2 eap-tls eap-radius
  xauth rsig renc ecsig ecdsig secret shared never hybrid rivest-shamir-adleman hmac none null open text key key-chain keychain message-digest mode
  login enable exec ppp network dot1x console commands local-case tacacs+ radius ldap aaa line krb5 guest pap chap ms-chap ms-chap-v1 ms-chap-v2 mschap mschapv2 eap-gtc
  ms-chapv2 callin optional periodic port port-control host-mode priority order event open timer violation control-direction linksec
  attr-from-server server server-group proxy exchange exch flow phase stage vector header headers trailer data only init int send wire proc gen
  fail timer ge status retries retry attempt attempts sdi sign: verify: method: via by wait generation aggressive main domain realm
  query-identity linkdown linkup coldstart warmstart trap traps noauth priv auth noauthpriv authpriv required requested
  algorithm: server: reply using mib header: digest tag source cluster session request: failures: successes: successful: protocols protocol: success: bypass
  level prf encr hash dh lifetime cap role i-vrf sslvpn vpn ssh http https telnet ftp nas key-management wpa wpa2 wpa3 shared-key network-eap open-system leap
  sa label general-keys usage-keys initial build builds username read-only read-write retransmits retransmit: code codes ssh-rsa ssh-dsa ssh-ecdsa ssh-ed25519 encrypted-password plain-text-password
  method(s cfg idi idr tsi tsr vid certreq result result:
  stacking sticky restart reauthenticate retransmit trust-point trustpoint mypubkey anonymous bypass-auth info routing enabled: disabled: enable: local-id remote-id finish
`);

/** A hash or a MAC as any platform writes it: "sha", "hmac-sha384-192", "HMAC_SHA2_512_256", "aes-xcbc", "AES128_GMAC". */
const MAC =
  /^(?:(?:hmac|prf|auth)[-_])?(?:md5|sha(?:[-_]?(?:1|2|2?[-_]?(?:160|224|256|384|512)))?)(?:[-_](?:96|128|160|192|256))?(?:[-_]hmac)?$|^aes(?:[-_]?(?:128|192|256))?[-_](?:xcbc|cmac|gmac)(?:[-_](?:96|128))?$/;

/** The few that stay even as the only word after `key` at the start of a line, where a RADIUS key stands otherwise. */
const KEY_HEADING =
  /^(?:exchange|encipherment|lifetime|length|size|usage|agreement|pair|label|type|generate|generation|zeroize|chain|data|id|name|ring|mismatch|management)?[:.]?$/i;

export function isKeyHeading(word: string): boolean {
  return KEY_HEADING.test(word) || /^[a-z]{3,20}:$/i.test(word);
}

/** Whether the word after a keyword of this class is plainly no secret. */
export function isHarmless(word: string, keyword: "key" | "auth" | "secret"): boolean {
  const plain = word
    .toLowerCase()
    .replace(/^["'`(*[{]{1,4}/, "")
    .replace(/[.,;:!?"'`)*\]}]{1,4}$/, "");
  if (plain === "" || /^[^a-z0-9]{1,2}$/.test(word.toLowerCase()) || isAddress(plain)) return true;
  if (TALK.has(plain)) return true;
  if (keyword === "key") return KEY.has(plain) || /^eng(?:ine)?(?:[:.]|->)/.test(plain);
  if (keyword === "auth")
    return (
      AUTH.has(plain) ||
      MAC.test(plain) ||
      /^(?:[0-9x./:>-]+|(?:notify|n|cprq|cprp|cpack|cpset)\([a-z0-9_]{2,60}|(?:rsasig|ecdsa)\([a-z0-9_+-]{2,60}|eap\/[a-z0-9/_-]{2,40})$/.test(
        plain,
      )
    );
  return /^(?:key|keys|auth|authentication|exchange|sharing|hash|hashes|lookup|[0-9]{1,2})$/.test(plain);
}

const IPV4 = /^\(?[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:[/:[(][0-9\]).]{1,8})?$/;
const IPV6 = /^(?=[0-9a-f]{0,4}:)[0-9a-f:]{2,39}(?::[0-9.]{7,15})?(?:\/[0-9]{1,3})?$/;

function isAddress(word: string): boolean {
  return IPV4.test(word) || (IPV6.test(word) && word.split(":").length > 2);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

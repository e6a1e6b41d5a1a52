/** Lines that a message goes on with: they have no heading and often no time stamp of their own. */

/** `debug crypto ipsec`: what follows "(key eng. msg.)", "(sa)" and "Crypto mapdb". */
const IPSEC_DETAIL =
  /^(?:\(key eng\. msg\.\)|(?:local|remote|dest|src)_proxy ?=|\(sa\) sa_dest ?=|sa_(?:dest|proto|spi|trans|lifetime|conn_id)\b|Crypto mapdb ?: |map_db_|RT: [a-z(]|protocol ?= |lifedur ?= |spi ?= ?0x|\(identity\) local ?=|spi=|conn_id=)/;
/** The same, without anything that would tell them from other text: only inside of a log. */
const LOOSE_DETAIL =
  /^(?:(?:src|dst) (?:addr|port) {0,12}: |(?:protocol|next-payload|type|address|port|length|FQDN name|USER FQDN|Group ID|DN) {0,12}: |dest= |(?:inbound|outbound) SA |\(?proxy |has (?:spi|client flags)|lifetime of |local ?= |remote ?= |authenticated$|subject-name|cn=|.{0,20}flags ?= ?0x|inserted successfully|key (?:length|size)|refcount|Delete(?:d)? (?:node|SA)|next hop )/i;

/** What a message can go on with where a screen or a chat broke it. */
const TAIL =
  /^(?:(?:MM|AG|QM|CONF)_[A-Z0-9_]{2,20}\b|NEW SA\b|[a-z_]{0,12} ?\d{0,5} ?(?:Global )?\([IRN]\) [A-Z]{2}|state \([IR]\)|\((?:peer|local|I|R|N)\b|\{ ?(?:esp|ah|comp)-|check or is|or is malformed|malformed$|sanity check|phase [12] SA policy|spi -?\d|message ID ?=|and (?:inserted|is not)|has no SA|is not an init|initialization offer|srcaddr ?=|prot ?=|my_port |peer_port |dport |sport |IPv[46] Packet|reason "|New State ?=|Next payload|remote \S{2,45}\)|not acceptable|policy!|packets?\b)/i;

/** Words of the log's own frame, and of the router about debugging. */
const FRAME =
  /^(?:Syslog logging: |No (?:Active|Inactive) (?:Message Discriminator|filter)|No active filter|(?:Console|Monitor|Buffer|Trap|Exception|File|Persistent|ESM|Facility) ?[Ll]ogging|Count and timestamp|Logging (?:to |Source)|Log Buffer|filtering disabled|link (?:up|down)|Inactive Message|\d{1,9} message lines? |xml disabled|level \w{1,20}, \d{1,9} messages|(?:tcp|udp) port \d|Crypto [\w ]{2,30} debugging is (?:on|off)|All possible debugging has been|(?:Type|Source) {2,}|-{4,}$|Cisco IOS|Technical Support: |Copyright \(c\)|Compiled )/;
const PING_MARKS = /^[.!U?]{1,200}$/;

/** Whether it goes on with what a message of the debug began. */
export function isDetail(text: string): boolean {
  return text.length <= 300 && (IPSEC_DETAIL.test(text) || LOOSE_DETAIL.test(text));
}

export function isTail(text: string): boolean {
  return TAIL.test(text);
}

export function isFrame(text: string): boolean {
  return FRAME.test(text);
}

/** Marks of a ping between two messages. */
export function isPingMarks(text: string): boolean {
  return PING_MARKS.test(text);
}

/** What nearly every line of a debug begins with: less than the first of the shapes below, and quicker to see. */
const USUAL =
  /^[*.]?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2} \d\d:\d\d:\d\d\.\d{3}: (?:ISAKMP|IPSEC)/;

/** Whether the line is one of a log without any doubt. */
export function isUsual(text: string): boolean {
  return USUAL.test(text);
}

/** Patterns by which a paste's splitter knows the first line of a log, as it is before it is read. */
export const LOG_SHAPES: readonly RegExp[] = [
  /^\s*(?:[.!]{1,20} ?)?(?:<\d{1,3}>)?(?:\d{1,12}: )?(?:\d{1,12}: )?[*.]?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,6})?(?: \d{4})?(?: (?:[A-Za-z]{2,5}|[+-]\d\d:?\d\d))?: (?!%(?:ASA|FTD|PIX|FWSM)-|\[IKE|IKEv2-P[LR]|IP = |"|(?:ERROR: "|packet from ))/,
  /^\s*(?:[.!]{1,20} ?)?(?:<\d{1,3}>)?(?:\d{1,12}: )?(?:\d{1,4}:\d\d:\d\d(?:\.\d{1,6})?: |(?:\d{1,3}[ywdh]){1,4}: )(?:ISAKMP|IPSEC|IKEv2|CRYPTO|Crypto mapdb|map_db_|RT: |%[A-Z])/,
  /^\s*(?:[.!]{1,20} ?)?(?:<\d{1,3}>)?(?:\d{1,12}: )?(?:ISAKMP(?:-[A-Za-z]{2,8})? ?[:(]|IPSEC(?:-[A-Z]{2,8})? ?[:(]|IKEv2(?:-[A-Z]{2,10})?:)/,
  /^\s*(?:<\d{1,3}>)?(?:\d{1,12}: )?[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \S{1,63} (?:\d{1,12}: )?(?:[*.]?[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d|%(?!ASA-|FTD-|PIX-|FWSM-)[A-Z])/,
  /^\s*(?:\d{1,12}: )?%(?!ASA-|FTD-|PIX-|FWSM-)[A-Z][A-Z0-9_]{1,30}(?:-[A-Z0-9_]{1,30})?-\d-[A-Z0-9_]{2,60}: /,
  /^\s*(?:\(key eng\. msg\.\)|Crypto mapdb ?: |map_db_find_best |RT: (?:del|add))/,
  // The end of a message that was broken at the right edge of the screen.
  /^[a-z_]{0,12} ?\d{0,5} ?(?:Global )?\([IRN]\) (?:(?:MM|AG|QM|CONF)_[A-Z0-9_]{2,20}|NEW SA)\s*$/,
];

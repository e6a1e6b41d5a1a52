/** Lines that a message of `debug crypto ikev2` goes on with: they have no heading and no time stamp of their own. */

const PACKET =
  /^(?:Initiator SPI ?: |Responder SPI ?: |IKEv2 (?:IKE_SA_INIT|IKE_AUTH|CREATE_CHILD_SA|INFORMATIONAL|IKE_INTERMEDIATE) Exchange|Payload contents:|Num\. transforms|Message id ?: )/i;
/** One of "SA KE N VID VID NOTIFY(NAT_DETECTION_SOURCE_IP)": a payload of a packet. */
const PAYLOAD = /^(?:VID|IDi|IDr|CERT|CERTREQ|AUTH|CFG|SA|TSi|TSr|KE|N|ENCR|SKF|DELETE|EAP|NOTIFY\([A-Z0-9_]{2,60}\))$/;
const PROPOSAL =
  /^(?:: |:?Failed to find a matching policy|(?:ESP|AH): Proposal|Proposal:? \d{1,3}: |ENCRYPTION: |(?:AES|3DES|DES|NULL)[A-Z0-9-]{0,20} {1,6}|(?:SHA|MD5|None)[A-Z0-9-]{0,10} {1,6}|DH[_ ]GROUP|Don't use ESN|use ESN|Expected Policies: )/i;
/** `debug crypto ikev2 packet`: the payloads field by field, and in bytes. */
const DUMP =
  /^(?:[A-Za-z ]{1,30} {1,4}Next payload: |Next payload: |last (?:proposal|transform): |Proposal: |Protocol id: |Security protocol id: |SPI size: |Security proto|DH group: |type: |Auth method |Id type: |(?:Num of )?TSs?: |TS type: |start port: |start addr: |cfg type: |attrib type: |Critical: |rekey|[0-9a-f]{2}(?: [0-9a-f]{2}){2,31}$|[0-9A-F]{8,128}$|\*Nov)/;

/** Whether it goes on with a message of IKEv2's debug. */
export function isIkeV2Detail(text: string): boolean {
  if (text.length > 600) return false;
  const line = text.trim();
  return PACKET.test(line) || PROPOSAL.test(line) || isPayloads(line) || DUMP.test(line);
}

function isPayloads(line: string): boolean {
  return line.length < 400 && line.split(/\s+/).every((word) => PAYLOAD.test(word));
}

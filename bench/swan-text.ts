/** What a strongSwan hub prints: `swanctl --list-sas` of many peers, and a charon log as long as wanted. */
import { numbersFrom } from "./ipsec-sa-text.ts";

export function listSasText(peers: number): string {
  const next = numbersFrom(5);
  const hex = (digits: number) => Array.from({ length: digits }, () => next(16).toString(16)).join("");
  const parts = ["root@hub:~# swanctl --list-sas\n"];
  for (let peer = 0; peer < peers; peer += 1) {
    const address = `10.${200 + (peer >> 16)}.${(peer >> 8) & 255}.${peer & 255}`;
    const packets = 1 + next(900_000);
    parts.push(`site-${peer}: #${peer + 1}, ESTABLISHED, IKEv2, ${hex(16)}_i ${hex(16)}_r*
  local  '192.0.2.1' @ 192.0.2.1[4500]
  remote '${address}' @ ${address}[4500]
  AES_CBC-256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048
  established ${next(9000)}s ago, rekeying in ${next(9000)}s
  lan: #${peer + 1}, reqid ${peer + 1}, INSTALLED, TUNNEL, ESP:AES_CBC-256/HMAC_SHA2_256_128
    installed ${next(3000)}s ago, rekeying in ${next(600)}s, expires in ${600 + next(600)}s
    in  ${hex(8)}, ${packets * 84} bytes, ${packets} packets,     ${next(60)}s ago
    out ${hex(8)}, ${packets * 84} bytes, ${packets} packets,     ${next(60)}s ago
    local  10.0.0.0/16
    remote 172.${16 + (peer >> 12)}.${(peer >> 4) & 255}.${(peer & 15) << 4}/28
`);
  }
  parts.push("root@hub:~# \n");
  return parts.join("");
}

/** At least `bytes` of log of peers whose proposals are refused, one after the other. */
export function charonText(bytes: number): string {
  const parts: string[] = [];
  let length = 0;
  for (let round = 0; length < bytes; round += 1) {
    const peer = `198.51.100.${1 + (round % 200)}`;
    const time = new Date(1_700_000_000_000 + round * 3000).toISOString().slice(11, 19);
    const head = (thread: number, group: string) => `Nov 27 ${time} 1${thread}[${group}] <${round + 1}> `;
    const text = [
      `${head(1, "NET")}received packet: from ${peer}[500] to 192.0.2.1[500] (464 bytes)`,
      `${head(1, "ENC")}parsed IKE_SA_INIT request 0 [ SA KE No N(NATD_S_IP) N(NATD_D_IP) N(FRAG_SUP) N(HASH_ALG) N(REDIR_SUP) ]`,
      `${head(1, "IKE")}${peer} is initiating an IKE_SA`,
      `${head(1, "CFG")}received proposals: IKE:AES_CBC_256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048`,
      `${head(1, "CFG")}configured proposals: IKE:AES_CBC_128/HMAC_SHA1_96/PRF_HMAC_SHA1/MODP_2048`,
      `${head(1, "IKE")}received proposals unacceptable`,
      `${head(1, "ENC")}generating IKE_SA_INIT response 0 [ N(NO_PROP) ]`,
      `${head(1, "NET")}sending packet: from 192.0.2.1[500] to ${peer}[500] (36 bytes)`,
    ];
    const part = `${text.join("\n")}\n`;
    parts.push(part);
    length += part.length;
  }
  return parts.join("");
}

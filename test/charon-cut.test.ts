/** A rekey that failed is not overlooked where the log lost lines: cut anywhere, a table from before it proves nothing. */
import { expect, it } from "vitest";
import { run } from "./accuracy/judge.ts";

const TABLE = `root@gw:~# swanctl --list-sas
oulu: #1, ESTABLISHED, IKEv2, 506da456aed11787_i* 2db3e34e7c72d0f5_r
  local  '192.0.2.29' @ 192.0.2.29[4500]
  remote '198.51.100.59' @ 198.51.100.59[4500]
  AES_CBC-256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048
  established 2900s ago, rekeying in 11369s
  net4: #1, reqid 1, INSTALLED, TUNNEL, ESP:AES_CBC-256/HMAC_SHA2_256_128
    installed 2900s ago, rekeying in -40s, expires in 700s
    in  10bf57d3,   8400 bytes,   100 packets,     1s ago
    out 5cb3231c,   8400 bytes,   100 packets,     1s ago
    local  10.49.1.0/24
    remote 10.99.2.0/24
root@gw:~# 
`;
const COMES_UP = `Nov 27 04:00:01 gw charon[819]: 13[IKE] <oulu|1> initiating IKE_SA oulu[1] to 198.51.100.59
Nov 27 04:00:01 gw charon[819]: 13[ENC] <oulu|1> generating IKE_SA_INIT request 0 [ SA KE No N(NATD_S_IP) N(NATD_D_IP) N(FRAG_SUP) N(HASH_ALG) N(REDIR_SUP) ]
Nov 27 04:00:01 gw charon[819]: 13[NET] <oulu|1> sending packet: from 192.0.2.29[500] to 198.51.100.59[500] (464 bytes)
Nov 27 04:00:01 gw charon[819]: 09[NET] <oulu|1> received packet: from 198.51.100.59[500] to 192.0.2.29[500] (472 bytes)
Nov 27 04:00:01 gw charon[819]: 09[ENC] <oulu|1> parsed IKE_SA_INIT response 0 [ SA KE No N(NATD_S_IP) N(NATD_D_IP) ]
Nov 27 04:00:01 gw charon[819]: 09[CFG] <oulu|1> selected proposal: IKE:AES_CBC_256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048
Nov 27 04:00:01 gw charon[819]: 09[IKE] <oulu|1> establishing CHILD_SA net4{1}
Nov 27 04:00:01 gw charon[819]: 09[ENC] <oulu|1> generating IKE_AUTH request 1 [ IDi IDr AUTH SA TSi TSr ]
Nov 27 04:00:01 gw charon[819]: 10[ENC] <oulu|1> parsed IKE_AUTH response 1 [ IDr AUTH SA TSi TSr ]
Nov 27 04:00:01 gw charon[819]: 10[IKE] <oulu|1> IKE_SA oulu[1] established between 192.0.2.29[192.0.2.29]...198.51.100.59[198.51.100.59]
Nov 27 04:00:01 gw charon[819]: 10[IKE] <oulu|1> CHILD_SA net4{1} established with SPIs 10bf57d3_i 5cb3231c_o and TS 10.49.1.0/24 === 10.99.2.0/24
`;
const FAILED = {
  "as initiator": `Nov 27 04:48:10 gw charon[819]: 12[KNL] creating rekey job for CHILD_SA ESP/0x10bf57d3/192.0.2.29
Nov 27 04:48:10 gw charon[819]: 14[IKE] <oulu|1> establishing CHILD_SA net4{2} reqid 1
Nov 27 04:48:10 gw charon[819]: 14[ENC] <oulu|1> generating CREATE_CHILD_SA request 2 [ N(REKEY_SA) SA No KE TSi TSr ]
Nov 27 04:48:10 gw charon[819]: 14[NET] <oulu|1> sending packet: from 192.0.2.29[4500] to 198.51.100.59[4500] (464 bytes)
Nov 27 04:48:10 gw charon[819]: 16[NET] <oulu|1> received packet: from 198.51.100.59[4500] to 192.0.2.29[4500] (80 bytes)
Nov 27 04:48:10 gw charon[819]: 16[ENC] <oulu|1> parsed CREATE_CHILD_SA response 2 [ N(NO_PROP) ]
Nov 27 04:48:10 gw charon[819]: 16[IKE] <oulu|1> received NO_PROPOSAL_CHOSEN notify, no CHILD_SA built
Nov 27 04:48:10 gw charon[819]: 16[IKE] <oulu|1> failed to establish CHILD_SA, keeping IKE_SA
Nov 27 04:48:10 gw charon[819]: 16[IKE] <oulu|1> CHILD_SA rekeying failed, trying again in 14 seconds
Nov 27 05:00:01 gw charon[819]: 12[KNL] creating delete job for CHILD_SA ESP/0x10bf57d3/192.0.2.29
Nov 27 05:00:01 gw charon[819]: 15[IKE] <oulu|1> closing expired CHILD_SA net4{1} with SPIs 10bf57d3_i 5cb3231c_o and TS 10.49.1.0/24 === 10.99.2.0/24
Nov 27 05:00:01 gw charon[819]: 15[IKE] <oulu|1> sending DELETE for ESP CHILD_SA with SPI 10bf57d3
Nov 27 05:00:01 gw charon[819]: 15[ENC] <oulu|1> generating INFORMATIONAL request 3 [ D ]
Nov 27 05:00:01 gw charon[819]: 16[ENC] <oulu|1> parsed INFORMATIONAL response 3 [ D ]
`,
  "as responder": `Nov 27 04:48:10 gw charon[819]: 16[NET] <oulu|1> received packet: from 198.51.100.59[4500] to 192.0.2.29[4500] (80 bytes)
Nov 27 04:48:10 gw charon[819]: 16[ENC] <oulu|1> parsed CREATE_CHILD_SA request 0 [ N(REKEY_SA) SA No KE TSi TSr ]
Nov 27 04:48:10 gw charon[819]: 16[CFG] <oulu|1> received proposals: ESP:AES_CBC_256/HMAC_SHA2_256_128/MODP_2048/NO_EXT_SEQ
Nov 27 04:48:10 gw charon[819]: 16[CFG] <oulu|1> configured proposals: ESP:AES_CBC_256/HMAC_SHA2_256_128/MODP_3072/NO_EXT_SEQ
Nov 27 04:48:10 gw charon[819]: 16[IKE] <oulu|1> no acceptable proposal found
Nov 27 04:48:10 gw charon[819]: 16[IKE] <oulu|1> failed to establish CHILD_SA, keeping IKE_SA
Nov 27 04:48:10 gw charon[819]: 16[ENC] <oulu|1> generating CREATE_CHILD_SA response 0 [ N(NO_PROP) ]
Nov 27 04:48:10 gw charon[819]: 16[NET] <oulu|1> sending packet: from 192.0.2.29[4500] to 198.51.100.59[4500] (80 bytes)
`,
  "quick mode": `Nov 27 04:48:10 gw charon[819]: 14[ENC] <oulu|1> generating QUICK_MODE request 3916870889 [ HASH SA No KE ID ID ]
Nov 27 04:48:10 gw charon[819]: 14[NET] <oulu|1> sending packet: from 192.0.2.29[500] to 198.51.100.59[500] (464 bytes)
Nov 27 04:48:10 gw charon[819]: 16[NET] <oulu|1> received packet: from 198.51.100.59[500] to 192.0.2.29[500] (92 bytes)
Nov 27 04:48:10 gw charon[819]: 16[ENC] <oulu|1> parsed INFORMATIONAL_V1 request 603511529 [ HASH N(NO_PROP) ]
Nov 27 04:48:10 gw charon[819]: 16[IKE] <oulu|1> received NO_PROPOSAL_CHOSEN error notify
`,
};

/** Whatever shows that an IPsec SA was asked for, or refused. */
const TELLS =
  /N\(NO_PROP\)|NO_PROPOSAL_CHOSEN notify|no acceptable proposal|failed to establish|rekeying failed|REKEY_SA|HASH SA/;

it.each(Object.entries(FAILED))("a failed rekey %s does not look healthy, whichever lines are missing", (_, failed) => {
  const before = COMES_UP.split("\n").slice(0, -1);
  const lines = [...before, ...failed.split("\n").slice(0, -1)];
  const healthy: string[] = [];
  let tried = 0;
  for (let from = 0; from < lines.length; from += from < before.length - 1 ? 4 : 1) {
    for (let to = Math.max(from, before.length); to <= lines.length; to += 1) {
      const kept = [...lines.slice(0, from), ...lines.slice(to)];
      if (!kept.some((line) => TELLS.test(line))) continue;
      tried += 1;
      const log = ["root@gw:~# journalctl -u strongswan", ...kept, "root@gw:~# ", ""].join("\n");
      const pastes = [TABLE, log].map((text, index) => ({ name: `paste-${index}`, end: "local" as const, text }));
      const { verdict } = run({ pastes, symptom: undefined, peer: undefined, platforms: {}, cannot: [] });
      if (verdict.verdict === "healthy") healthy.push(`without ${from + 1} to ${to}`);
    }
  }
  expect(tried).toBeGreaterThan(10);
  expect(healthy).toEqual([]);
});

it("a table and a log that comes up stay healthy", () => {
  const log = ["root@gw:~# journalctl -u strongswan", COMES_UP, "root@gw:~# ", ""].join("\n");
  const pastes = [log, TABLE].map((text, index) => ({ name: `paste-${index}`, end: "local" as const, text }));
  const { verdict } = run({ pastes, symptom: undefined, peer: undefined, platforms: {}, cannot: [] });
  expect(verdict.verdict).toBe("healthy");
});

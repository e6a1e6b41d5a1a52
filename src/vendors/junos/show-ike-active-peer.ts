/** `show security ike active-peer`: peers with an IKE SA, by the identity that they showed. */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IkePeer } from "../../domain/readings/ike.ts";
import { isMark } from "./marks.ts";

const HEAD = /^\s*Remote Address\s{1,40}Port\s{1,12}Peer IKE-ID/;
const ROW = /^\s*(?<peer>[0-9a-fA-F.:]{2,45})\s{1,40}(?<port>\d{1,5})\s{1,12}(?<id>\S{1,250})(?:\s|$)/;

export const showIkeActivePeer: Command = {
  run: "show security ike active-peer [ADDRESS] [detail]",
  looksLike: [HEAD],
  parse(output: Output): Parsed {
    const peers: IkePeer[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      if (isMark(line.text) || HEAD.test(line.text)) continue;
      const groups = ROW.exec(line.text)?.groups;
      const address = canonicalAddress(groups?.["peer"] ?? "");
      if (!groups || address === undefined) unread.push(line);
      else peers.push({ line: line.number, address, port: Number(groups["port"]), phase1Id: groups["id"] });
    }
    return { values: peers.length === 0 ? [] : [{ kind: "ike-peers", peers }], unread };
  },
};

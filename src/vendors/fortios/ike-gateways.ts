/**
 * `diagnose vpn ike gateway list` and `get vpn ike gateway`: each gateway that has anything to do with a peer now, with
 * its IKE SAs. Source: FortiOS Administration Guide, "VPN IPsec troubleshooting", and what FortiOS 6.4 to 7.4 prints.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IkeSa } from "../../domain/readings/ike.ts";
import { type Gateway, gatewayField, newGateway, openSa, saField, sasOf } from "./ike-gateways/gateway.ts";

const VDOM = /^vd: (?<vdom>\S{1,60}?)(?:\/\d{1,5})?$/;
const SA = /^\s{0,4}id\/spi: (?<id>\d{1,10}) (?<initiator>[0-9a-f]{16})\/(?<responder>[0-9a-f]{16})$/;
const CREATED = /^IKE SA:? {1,2}created:? (?<now>\d{1,9})\/\d{1,9}/;
const ASKED = /\bname (?<name>\S{1,60})|\bgateway (?!list\b)(?<gateway>[A-Za-z]\S{0,60})/;

export const ikeGateways: Command = {
  run: "diagnose vpn ike gateway list [name NAME]",
  alsoRun: ["get vpn ike gateway [NAME]", "diagnose vpn ike gateway [NAME]"],
  looksLike: [VDOM, CREATED, /^IPsec SA:? {1,2}created:? \d{1,9}\/\d{1,9}/, SA],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const sas: IkeSa[] = [];
    let gateway: Gateway | undefined;
    const close = () => {
      if (gateway) sas.push(...sasOf(gateway));
      gateway = undefined;
    };
    for (const line of output.lines) {
      const { text, number } = line;
      const vdom = VDOM.exec(text)?.groups?.["vdom"];
      const sa = SA.exec(text)?.groups;
      if (vdom !== undefined || (!gateway && /^name: \S/.test(text))) {
        close();
        gateway = newGateway(vdom, number);
      }
      if (vdom !== undefined) continue;
      if (sa && gateway) openSa(gateway, sa, number);
      else if (!(gateway && readField(gateway, text, number)) && text.trim() !== "") unread.push(line);
    }
    close();
    const knowsNothing =
      sas.length === 0 && (unread.length > 0 || output.isOpenEnded === true || output.command.includes("|"));
    if (knowsNothing && !output.lines.some(({ text }) => CREATED.test(text))) return { values: [], unread };
    const asked = ASKED.exec(output.typed ?? "")?.groups;
    const name = asked?.["name"] ?? asked?.["gateway"];
    return {
      values: [{ kind: "ike-sas", sas, restrictedTo: name === undefined ? undefined : `name ${name}` }],
      unread,
    };
  },
};

function readField(gateway: Gateway, text: string, line: number): boolean {
  return gateway.sas.length > 0 && text.startsWith(" ")
    ? saField(gateway, text.trim(), line)
    : gatewayField(gateway, text.trim(), line) || saField(gateway, text.trim(), line);
}

/** IKE: policies of both versions, where it is enabled, global settings. */

import type { Statement } from "../../cisco-ios/configuration/statements.ts";
import { dhGroup } from "../../cisco-ios/ike-words.ts";
import { asaAuth, asaEncryption, asaIntegrity } from "../asa-words.ts";
import type { Collected, Taken } from "./collected.ts";

const POLICY = /^crypto (?:ikev1|isakmp) policy (?<priority>\d{1,5})$/;
const PROPOSAL = /^crypto ikev2 policy (?<priority>\d{1,5})$/;
const ENABLE = /^crypto (?<version>ikev1|ikev2|isakmp) enable (?<interface>\S{1,60})(?: client-services.*)?$/;
const IDENTITY = /^crypto isakmp identity (?<identity>address|hostname|auto|key-id \S{1,100})$/;
const NAT_T = /^crypto (?:isakmp|ikev1) nat-traversal(?: (?<seconds>\d{1,5}))?$/;
const LIFETIME =
  /^crypto ipsec security-association lifetime (?:seconds (?<seconds>\d{1,10})|kilobytes (?<kilobytes>\d{1,10}|unlimited))$/;
const WINDOW = /^crypto ipsec security-association replay window-size (?<size>\d{1,5})$/;
const DF_BIT = /^crypto ipsec df-bit (?<df>clear|copy|set)-df \S{1,60}$/;
const ASIDE =
  /^(?:no )?crypto (?:ipsec (?:security-association pmtu-aging|fragmentation|security-association replay|inner-routing-lookup)|ikev1 (?:ipsec-over-tcp|limit)|ikev2 (?:remote-access|cookie-challenge|limit|notify|redirect)|isakmp (?:disconnect-notify|reload-wait|am-disable|policy)|ca |key |engine |ssl|dynamic-map$)/;

export function takeIke(statement: Statement, collected: Collected): Taken {
  const { text, line } = statement;
  const priority = POLICY.exec(text)?.groups?.["priority"];
  if (priority !== undefined) return openPolicy(collected, Number(priority), line);
  const second = PROPOSAL.exec(text)?.groups?.["priority"];
  if (second !== undefined) return openProposal(collected, Number(second), line);
  const enable = ENABLE.exec(text)?.groups;
  if (enable) {
    const version = enable["version"] === "ikev2" ? "ikev2" : "ikev1";
    collected.enabled.push({ name: version, interface: enable["interface"] ?? "", line });
    return "read";
  }
  return takeSetting(collected, text, line) || ASIDE.test(text) ? "read" : undefined;
}

/** Values of fields that are not written: Cisco ASA command reference, "crypto ikev1 policy". */
const DEFAULTS = { encryption: "3des", integrity: "sha1", auth: "psk", dhGroup: 2, lifetimeSeconds: 86_400 };

function openPolicy(collected: Collected, priority: number, line: number): Taken {
  const policy = collected.policies.get(priority) ?? { priority, line, isDefault: false, ...DEFAULTS, at: {} };
  collected.policies.set(priority, policy);
  return (statement) => {
    const [field = "", value = "", more] = statement.text.split(" ");
    const place = PLACES[field];
    if (place === undefined || value === "") return false;
    switch (field) {
      case "authentication":
        policy.auth = asaAuth(value);
        break;
      case "encryption":
        policy.encryption = asaEncryption(value);
        break;
      case "hash":
        policy.integrity = asaIntegrity(value);
        break;
      case "group":
        policy.dhGroup = dhGroup(value) ?? policy.dhGroup;
        break;
      case "lifetime": {
        const seconds = Number(value === "seconds" ? more : value);
        if (seconds > 0) policy.lifetimeSeconds = seconds;
        break;
      }
    }
    policy.at[place] = statement.line;
    return true;
  };
}

const PLACES: Readonly<Record<string, string>> = {
  authentication: "auth",
  encryption: "encryption",
  hash: "integrity",
  group: "dhGroup",
  lifetime: "lifetimeSeconds",
};

function openProposal(collected: Collected, priority: number, line: number): Taken {
  const proposal = collected.proposals.get(priority) ?? { name: `${priority}`, line, at: {} };
  collected.proposals.set(priority, proposal);
  return (statement) => {
    const [field, ...values] = statement.text.split(" ");
    switch (field) {
      case "encryption":
        proposal.encryption = values.map((value) => asaEncryption(value));
        proposal.at["encryption"] = statement.line;
        return true;
      case "integrity":
        proposal.integrity = values.map(asaIntegrity);
        proposal.at["integrity"] = statement.line;
        return true;
      case "prf":
        proposal.prf = values.map(asaIntegrity);
        proposal.at["prf"] = statement.line;
        return true;
      case "group":
        proposal.dhGroups = values.flatMap((value) => dhGroup(value) ?? []);
        proposal.at["dhGroups"] = statement.line;
        return true;
      case "lifetime":
        proposal.lifetimeSeconds = Number(values.at(-1));
        proposal.at["lifetimeSeconds"] = statement.line;
        return true;
      default:
        return field === "additional-key-exchange" || field === "no";
    }
  };
}

function takeSetting({ settings }: Collected, text: string, line: number): boolean {
  const identity = IDENTITY.exec(text)?.groups?.["identity"];
  const lifetime = LIFETIME.exec(text)?.groups;
  const window = WINDOW.exec(text)?.groups?.["size"];
  const dfBit = DF_BIT.exec(text)?.groups?.["df"];
  const natT = NAT_T.exec(text);
  if (identity !== undefined) {
    settings.identity = identity;
    settings.at["identity"] = line;
  } else if (lifetime) {
    if (lifetime["seconds"] !== undefined) settings.saLifetimeSeconds = Number(lifetime["seconds"]);
    else if (lifetime["kilobytes"] !== "unlimited") settings.saLifetimeKilobytes = Number(lifetime["kilobytes"]);
    settings.at[lifetime["seconds"] !== undefined ? "saLifetimeSeconds" : "saLifetimeKilobytes"] = line;
  } else if (window !== undefined) {
    settings.replayWindow = Number(window);
    settings.at["replayWindow"] = line;
  } else if (dfBit === "clear" || dfBit === "copy" || dfBit === "set") {
    settings.dfBit = dfBit;
    settings.at["dfBit"] = line;
  } else if (natT) {
    settings.natTransparency = true;
    settings.at["natTransparency"] = line;
  } else if (/^no crypto (?:isakmp|ikev1) nat-traversal/.test(text)) {
    settings.natTransparency = false;
    settings.at["natTransparency"] = line;
  } else if (text === "crypto ikev1 am-disable" || text === "crypto isakmp am-disable") {
    settings.aggressiveModeDisabled = true;
    settings.at["aggressiveModeDisabled"] = line;
  } else if (/^crypto ikev2 fragmentation|^crypto isakmp fragmentation/.test(text)) {
    settings.fragmentation = true;
    settings.at["fragmentation"] = line;
  } else return false;
  return true;
}

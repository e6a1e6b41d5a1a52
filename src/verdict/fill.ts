/** Fills {blanks} in command texts with this case's own names and addresses. */

/** Values by blank name; a value of several lines may only stand alone on its line. */
export type Blanks = Readonly<Record<string, string | undefined>>;
/** The value of a blank by its name, worked out when it is asked for. */
export type BlankOf = (name: string) => string | undefined;

/**
 * The lines of a command text with its blanks filled. A part in square brackets is left out where one of its blanks is
 * not known, but for RouterOS' own `[find …]` and AWS' lists behind "="; elsewhere an unknown blank becomes `<its name in words>`. A line whose value is empty is left out.
 */
export function fillCommands(text: string, blankOf: BlankOf): string[] {
  if (isPlainLine(text)) return text === "" ? [] : [text];
  return text.split("\n").flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? "";
    const filled = fillLine(line, blankOf);
    return filled.split("\n").flatMap((part, index) => {
      const whole = index === 0 ? part.trimEnd() : `${indent}${part.trimEnd()}`;
      return whole.trim() === "" ? [] : [whole];
    });
  });
}

/** Like {@link fillCommands}, for running text. */
export function fillText(text: string, blankOf: BlankOf): string {
  return fillLine(text.trim(), blankOf);
}

/** One line as it is told: most commands are asked for as they stand. */
function isPlainLine(text: string): boolean {
  return !HAS_TO_BE_FILLED.test(text);
}

const HAS_TO_BE_FILLED = /[[{\n]|\s\s|\s$/;

function fillLine(line: string, blankOf: BlankOf): string {
  if (isPlainLine(line)) return line;
  const withoutUnknown = line.includes("[") ? withoutUnknownParts(line, blankOf) : line;
  const filled = withoutUnknown.replace(
    /\{([a-z0-9-]+)\}/g,
    (_, name: string) => blankOf(name) ?? `<${IN_WORDS[name] ?? name.replaceAll("-", " ")}>`,
  );
  return filled.includes("  ") ? filled.replace(/(\S) {2,}/g, "$1 ") : filled;
}

function withoutUnknownParts(line: string, blankOf: BlankOf): string {
  return line.replace(/(?<!=)\[(?!find )([^[\]]*)\]/g, (_, part: string) => {
    const names = [...part.matchAll(/\{([a-z0-9-]+)\}/g)].map(([, name = ""]) => name);
    if (names.length === 0) return `[${part}]`;
    return names.every((name) => blankOf(name) !== undefined) ? part : "";
  });
}

/** How to call what is not known. */
const IN_WORDS: Readonly<Record<string, string>> = {
  map: "crypto map",
  "map-sequence": "entry number",
  "peer-identity": "identity that the peer sends",
  "ike-policy-to-add": "a policy like the other end's",
  "transform-set-to-add": "a transform set like the other end's",
  "acl-lines-to-mirror": "the other end's entries, source and destination exchanged",
  "wan-acl-lines": "the lines that permit UDP 500, UDP 4500 and ESP from the peer",
  "crypto-acl": "crypto access list",
  "crypto-interface": "outside interface",
  "peer-in-vrf": "peer",
  "new-policy-priority": "a free number",
  "map-interface": "interface towards the peer",
  "near-host": "protected address here",
  "far-host": "protected address there",
  "near-network": "network here and its wildcard",
  "far-network": "network there and its wildcard",
  "isakmp-profile": "profile",
  "right-peer": "address that the far end uses",
  "near-cidr": "network here",
  "far-cidr": "network there",
  "near-netmask-pair": "network here and its mask",
  "far-netmask-pair": "network there and its mask",
  "near-wildcard-pair": "network here and its wildcard",
  "far-wildcard-pair": "network there and its wildcard",
  "pfs-group-there": "the other end's group",
  "tunnel-interface": "tunnel interface",
  "tunnel-name": "tunnel",
  "tunnel-number": "id",
  "policy-into-tunnel": "policy into the tunnel",
  "policy-from-tunnel": "policy out of the tunnel",
  "proxy-name": "name",
  "tunnel-unit": "unit",
  "esp-proposal": "proposal",
  "vpn-id": "VPN connection id",
  "vpn-gateway": "gateway id",
  "route-table": "route table id",
  "vpc-filter": "security group id",
  "outside-gateway": "gateway of the outside interface",
  "unit-to-bind": "unit",
  "zone-to-bind": "zone of the tunnel",
  "nat-rule-set": "rule set",
  "nat-first-rule": "first rule",
  "tunnel-zone": "zone of the tunnel",
  "pfs-or-off-there": "the other end's group, or none",
  "ts-near": "what the other end takes to be here",
  "ts-far": "what the other end has there",
  "ts-near-netmask-pair": "what the other end takes to be here",
  "ts-far-netmask-pair": "what the other end has there",
  "swan-connection": "connection",
  "swan-child": "child",
  "ike-group-there": "the other end's group",
  "ike-encryption-there": "the other end's cipher",
  "ike-integrity-there": "the other end's hash",
  "ike-prf-there": "the other end's PRF",
  "ike-method-there": "the other end's method",
  "esp-encryption-there": "the other end's cipher",
  "esp-integrity-there": "the other end's hash",
  "esp-mode-there": "the other end's mode",
  "peer-id-shown": "identity that the peer sends",
  "peer-id-with-at": "identity that the peer sends",
  "ikev2-peer-identity": "identity that the peer sends",
};

/** Whether a line of the text is nothing but a blank that is not known. */
export function lacksALine(text: string, blankOf: BlankOf): boolean {
  return text.split("\n").some((line) => {
    const [, name] = /^ *\{([a-z0-9-]+)\}$/.exec(line) ?? [];
    return name !== undefined && blankOf(name) === undefined;
  });
}

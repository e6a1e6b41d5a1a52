/**
 * The configuration that the console offers to download for a "Generic" device, tunnel by tunnel: both outside addresses
 * and the key. The algorithms in it are one choice of the many that AWS takes, so they are no reading of what it refuses.
 * Source: AWS Site-to-Site VPN user guide, "Download the configuration file"; the file itself.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Connection } from "../../domain/readings/connection.ts";
import { readSecret } from "../../domain/secret.ts";

const TUNNEL = /^IPSec Tunnel #(?<number>\d{1,2})\s*$/i;
const CONNECTION = /^Your VPN Connection ID\s*:\s*(?<id>vpn-[0-9a-f]{1,20})/i;
const FIELD = /^\s*-\s*(?<label>[A-Za-z][A-Za-z0-9 ()/-]{2,40}?)\s*:\s*(?<value>\S.*?)\s*$/;
const SECTION = /^#(?<number>[1-4]): [A-Z][A-Za-z ]{3,60}:?$/;

export const downloadedConfiguration: Command = {
  run: "config",
  looksLike: [
    CONNECTION,
    TUNNEL,
    /^#1: Internet Key Exchange Configuration/i,
    // Sentences stand between the fields, so that each field has to show where it belongs.
    /^\s*- (?:IKE version|Authentication Method|Pre-Shared Key|Phase 1 Negotiation Mode) *: /i,
    /^\s*- (?:Customer Gateway|Virtual Private Gateway)[ \t]*: \d/i,
  ],
  mayStartWith: [/^Amazon Web Services\s*$/, /^Virtual Private Cloud\s*$/],
  parse(output: Output): Parsed {
    const connections: Connection[] = [];
    const unread: Line[] = [];
    let id = "vpn";
    let draft: Draft | undefined;
    const finish = () => {
      if (draft) connections.push(toConnection(draft, id));
      draft = undefined;
    };
    for (const line of output.lines) {
      id = CONNECTION.exec(line.text)?.groups?.["id"] ?? id;
      const tunnel = TUNNEL.exec(line.text)?.groups;
      const section = SECTION.exec(line.text)?.groups;
      const field = FIELD.exec(line.text)?.groups;
      if (tunnel) {
        finish();
        draft = newDraft(`#${tunnel["number"]}`, line.number);
      } else if (section) {
        draft ??= newDraft("#1", line.number);
        draft.section = Number(section["number"]);
      } else if (field && draft) take(draft, field, line.number);
    }
    finish();
    return { values: [{ kind: "connections", connections, complete: false }], unread, command: "config" };
  },
};

interface Value {
  readonly value: string;
  readonly line: number;
}
interface Draft {
  readonly name: string;
  readonly line: number;
  section: number;
  readonly ike: Map<string, Value>;
  readonly addresses: Map<string, Value>;
}

function newDraft(name: string, line: number): Draft {
  return { name, line, section: 0, ike: new Map(), addresses: new Map() };
}

function take(draft: Draft, { label = "", value = "" }: Record<string, string | undefined>, line: number): void {
  const fields = [undefined, draft.ike, undefined, draft.addresses][draft.section];
  const name = label.toLowerCase();
  // "Outside IP Addresses" come first; the inside ones have the same labels.
  if (fields && !fields.has(name) && !value.includes("/")) fields.set(name, { value, line });
}

function toConnection({ name, line, ike, addresses }: Draft, id: string): Connection {
  const local = addresses.get("virtual private gateway");
  const remote = addresses.get("customer gateway");
  const key = ike.get("pre-shared key");
  const secret = readSecret(key?.value ?? "");
  return {
    name: `${id} ${name}`,
    line,
    version: "any",
    local: local ? [local.value] : [],
    remote: remote ? [remote.value] : [],
    localAuth: { method: "psk", secret },
    remoteAuth: { method: "psk", secret },
    ikeProposals: [],
    children: [],
    at: {
      ...(local && { local: local.line }),
      ...(remote && { remote: remote.line }),
      ...(key && { secret: key.line }),
    },
  };
}

import { describe, expect, it } from "vitest";
import { readSignatures } from "../src/knowledge/read.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { viewTunnel } from "../src/tunnel/tunnel.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { ask, configuration, FAR, NEAR } from "./compare-ends.ts";

const signatures = readSignatures();

function read(text: string) {
  return readPaste("both.txt", text, { vendors: VENDORS, signatures, tagger: createSecretTagger() });
}

function tunnelOf(text: string) {
  return viewTunnel({ pastes: [{ paste: read(text) }], platforms: {}, cannot: [] });
}

/** Without its first line, the prompt with the command. */
function bare(text: string): string {
  return text.slice(text.indexOf("\n") + 1);
}

const near = bare(configuration(NEAR));
const far = bare(configuration(FAR, (text) => text.replaceAll("encr aes 256", "encr 3des")));
const from = (text: string, first: string) => text.slice(text.indexOf(first));
const flat = (text: string) => text.replace(/^ +/gm, "");

describe("two whole configurations one after the other, without prompt or heading", () => {
  it.each([
    ["as printed", near, far],
    ["from the version line on", from(near, "version "), from(far, "version ")],
    ["from the host name on", from(near, "hostname "), from(far, "hostname ")],
    ["the second from its version line on", from(near, "hostname "), from(far, "version ")],
    ["with a remark between them", near, `and this one too, thanks for looking into it\n${far}`],
    ["all indentation lost", flat(near), flat(far)],
    ["the whole paste indented", near.replace(/^/gm, "    "), far.replace(/^/gm, "    ")],
    ["the first with its prompt", `EDGE-A#show running-config\n${near}`, far],
    ["of a startup configuration", near, `Using 2046 out of 262136 bytes\n${from(far, "version ")}`],
  ])("are two outputs of two ends: %s", (_, one, other) => {
    const tunnel = tunnelOf(`${one}\n${other}`);
    expect([tunnel.local.host, tunnel.remote.host]).toEqual(["EDGE-A", "EDGE-B"]);
    expect([tunnel.local.policies?.items.length, tunnel.remote.policies?.items.length]).toEqual([1, 1]);
    expect(ask(tunnel, "ike-policies-have-a-pair")).toMatchObject({
      is: false,
      differs: [{ attribute: "encryption", local: "aes-256", remote: "3des" }],
    });
  });

  it("of the same router stay with it", () => {
    const tunnel = tunnelOf(`${near}\n${near}`);
    expect(tunnel.local.host).toBe("EDGE-A");
    expect(tunnel.remote.seen).toBe(false);
  });
});

it("a fragment is not whole because another configuration follows it", () => {
  const cut = near.slice(0, near.indexOf("ip access-list extended TO-FAR"));
  const tunnel = tunnelOf(`${cut}\n${far}`);
  expect(tunnel.local.accessLists?.complete).toBe(false);
  expect(ask(tunnel, "local-crypto-acl-exists").is).toBeUndefined();
});

it.each([
  [
    "a peer by name in a keyring",
    "crypto ikev2 keyring KR\n peer PUNE\n  hostname pune.example.net\n  pre-shared-key <secret ?>\n",
  ],
  [
    "the same, indentation lost",
    "crypto ikev2 keyring KR\npeer PUNE\nhostname pune.example.net\npre-shared-key <secret ?>\n",
  ],
  ["a routing protocol's version", "router rip\n version 2\n"],
  ["ssh's version", "ip ssh version 2\n"],
])("%s begins no other router", (_, lines) => {
  const text = near.replace("ip route 0.0.0.0", () => `${lines}ip route 0.0.0.0`);
  expect(text).not.toBe(near);
  expect(read(text).outputs).toHaveLength(1);
});

import { expect, it } from "vitest";
import { type Network, networkFromText } from "../src/domain/network.ts";
import { readSignatures } from "../src/knowledge/read.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { VENDORS } from "../src/vendors/index.ts";

const four = (address: string, wildcard: string): Network => ({ family: 4, address, wildcard });
const six = (address: string, prefixLength: number): Network => ({ family: 6, address, prefixLength });

it.each([
  ["10.1.0.0/16", four("10.1.0.0", "0.0.255.255")],
  ["10.1.2.3/16", four("10.1.0.0", "0.0.255.255")],
  ["10.1.0.0/255.255.0.0", four("10.1.0.0", "0.0.255.255")],
  ["10.1.0.0-10.1.255.255", four("10.1.0.0", "0.0.255.255")],
  ["192.0.2.7", four("192.0.2.7", "0.0.0.0")],
  ["2001:db8:5::/64", six("2001:db8:5::", 64)],
  ["2001:db8::-2001:db8::ffff", six("2001:db8::", 112)],
  ["2001:DB8::7", six("2001:db8::7", 128)],
])("%s is one network, whoever prints it", (text, network) => {
  expect(networkFromText(text)).toEqual(network);
});

it.each(["", "/", "10.1.0.0/33", "10.1.0.0/x", "10.1.0.1-10.1.0.9", "300.1.1.1", "any", "2001:db8::/129"])(
  "%j is none",
  (text) => {
    expect(networkFromText(text)).toBeUndefined();
  },
);

it("an IPv6 address of a Palo Alto without its length is one address, not a network of 32 bits", () => {
  const text = [
    "set network interface ethernet ethernet1/1 layer3 ip 192.0.2.7/24",
    "set network virtual-router default routing-table ipv6 static-route far destination 2001:db8:9::7",
    "set network virtual-router default routing-table ipv6 static-route far nexthop ipv6-address 2001:db8::1",
  ].join("\n");
  const tools = { vendors: VENDORS, signatures: readSignatures(), tagger: createSecretTagger() };
  const values = readPaste("p", text, tools).outputs.flatMap((output) => output.values);
  expect(values.find(({ kind }) => kind === "static-routes")).toMatchObject({
    routes: [{ network: six("2001:db8:9::7", 128), nextHop: "2001:db8::1" }],
  });
});

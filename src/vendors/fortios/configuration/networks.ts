/** Networks in a configuration: an address and a mask, or the name of an address object. */
import {
  ANY_IPV4,
  canonicalAddress,
  type Network,
  networkFromPrefix,
  networkFromRange,
  networkFromText,
} from "../../../domain/network.ts";
import { type Entry, entriesOf, type Sections, wordOf } from "./sections.ts";

/** The networks of an object or a group, by its name; undefined where one of them is no network, or was not shown. */
export type Objects = ReadonlyMap<string, readonly Network[] | undefined>;

export function objectsOf(sections: Sections): Objects {
  const objects = new Map<string, readonly Network[] | undefined>([["all", [ANY_IPV4]]]);
  for (const entry of entriesOf(sections, ["firewall address"], [])) {
    const network = objectNetwork(entry);
    if (entry.name !== undefined) objects.set(entry.name, network && [network]);
  }
  for (const entry of entriesOf(sections, ["firewall addrgrp"], [])) {
    const members = (entry.settings.get("member")?.words ?? []).map((name) => objects.get(name));
    const isKnown = members.every((networks) => networks !== undefined);
    if (entry.name !== undefined)
      objects.set(entry.name, isKnown ? members.flatMap((networks) => networks ?? []) : undefined);
  }
  return objects;
}

function objectNetwork(entry: Entry): Network | undefined {
  const subnet = entry.settings.get("subnet");
  if (subnet) return maskedNetwork(subnet.words);
  const [from, to] = [wordOf(entry, "start-ip"), wordOf(entry, "end-ip")];
  if (from !== undefined && to !== undefined) return networkFromRange(from, to);
  return undefined;
}

/** "10.1.0.0 255.255.0.0", "10.1.0.0/16". */
export function maskedNetwork([address = "", mask]: readonly string[]): Network | undefined {
  return networkFromText(mask === undefined ? address : `${address}/${mask}`);
}

/** "203.0.113.10 255.255.255.0", "203.0.113.10/24": the address itself and its mask. */
export function addressAndMask(words: readonly string[]): { address: string; mask: string } | undefined {
  const [first = "", second] = words;
  const [host = "", length] = first.split("/");
  const address = canonicalAddress(host);
  if (address === undefined || address === "0.0.0.0") return undefined;
  const bits = length === undefined ? undefined : networkFromPrefix(host, Number(length));
  const mask = second ?? (bits?.family === 4 ? inverted(bits.wildcard) : undefined);
  return mask === undefined ? undefined : { address, mask };
}

function inverted(wildcard: string): string {
  return wildcard
    .split(".")
    .map((part) => String(255 - Number(part)))
    .join(".");
}

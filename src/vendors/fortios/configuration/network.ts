/** Interfaces, static routes and the device's name. */
import { ANY_IPV4 } from "../../../domain/network.ts";
import type { Device } from "../../../domain/readings/log.ts";
import type { InterfaceState, StaticRoute } from "../../../domain/readings/path.ts";
import { addressAndMask, maskedNetwork, type Objects } from "./networks.ts";
import { entriesOf, linesOf, type Sections, wordOf } from "./sections.ts";

export function deviceOf(sections: Sections): Device | undefined {
  for (const { table, settings } of sections.entries) {
    const name = table === "system global" ? settings.get("hostname") : undefined;
    if (name?.words[0] !== undefined) return { kind: "device", hostname: name.words[0], hostnameLine: name.line };
  }
  return undefined;
}

export function interfacesOf(sections: Sections): InterfaceState[] {
  return entriesOf(sections, ["system interface"], [])
    .filter(({ name, isNested }) => name !== undefined && !isNested)
    .map((entry) => {
      const address = addressAndMask(entry.settings.get("ip")?.words ?? []);
      const mtu = wordOf(entry, "mtu-override") === "enable" ? wordOf(entry, "mtu") : undefined;
      const mss = wordOf(entry, "tcp-mss");
      const isDown = wordOf(entry, "status") === "down";
      return {
        line: entry.line,
        name: entry.name ?? "",
        ...address,
        ...(isDown && { shutdown: true }),
        ...(mtu !== undefined && { ipMtu: Number(mtu) }),
        ...(mss !== undefined && Number(mss) > 0 && { adjustMss: Number(mss) }),
        at: linesOf(entry, { address: "ip", shutdown: "status", ipMtu: "mtu", adjustMss: "tcp-mss" }),
      };
    });
}

/** An address that comes from a server, so that the configuration does not show it. */
export function hasLearntAddress(sections: Sections): boolean {
  return entriesOf(sections, ["system interface"], []).some((entry) =>
    /^(?:dhcp|pppoe)$/.test(wordOf(entry, "mode") ?? ""),
  );
}

export function staticRoutesOf(sections: Sections, objects: Objects): StaticRoute[] {
  const routes = entriesOf(sections, ["router static"], []).flatMap((entry): StaticRoute[] => {
    if (wordOf(entry, "status") === "disable") return [];
    const dst = entry.settings.get("dst")?.words;
    const named = wordOf(entry, "dstaddr");
    const network = dst ? maskedNetwork(dst) : undefined;
    const networks = named === undefined ? [dst ? network : ANY_IPV4] : (objects.get(named) ?? []);
    const isBlackhole = wordOf(entry, "blackhole") === "enable";
    // 10 is the distance of every static route, so that it is no floating one.
    const distance = Number(wordOf(entry, "distance") ?? 10);
    const gateway = wordOf(entry, "gateway");
    return networks.flatMap((one) =>
      one
        ? [
            {
              line: entry.line,
              network: one,
              ...(gateway !== undefined && gateway !== "0.0.0.0" && { nextHop: gateway }),
              interface: isBlackhole ? "Null0" : wordOf(entry, "device"),
              distance: distance === 10 ? 1 : distance,
            },
          ]
        : [],
    );
  });
  return routes;
}

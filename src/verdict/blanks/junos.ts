/** Blanks of Junos: the tunnel's number, its proposal, an st0 unit for a VPN that has none, and the rule set that translates its traffic. */
import type { Side } from "../../domain/ids.ts";
import { connectionForPeer } from "../../tunnel/compare/connection.ts";
import { zonesOf } from "../../tunnel/compare/firewall-zones.ts";
import { natListOf } from "../../tunnel/compare/nat-lists.ts";
import { shownNames } from "../../tunnel/shown-names.ts";
import type { Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";

export function junosBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const unit = unitToBind(end);
  const [zone, ...others] = unit === undefined ? [] : zonesOf(end, `st0.${unit}`);
  return {
    "tunnel-id": tunnelId(end),
    "esp-proposal": connectionForPeer(end)?.item.children[0]?.proposals[0]?.name,
    "unit-to-bind": unit,
    "zone-to-bind": others.length === 0 ? zone?.name : undefined,
    ...ruleSetBlanks(end),
  };
}

/** As its SAs or its log name it, else as the counters were asked for. */
function tunnelId(end: EndView): string | undefined {
  const counted = new Set((end.flowCounters.at(-1)?.items ?? []).flatMap(({ item }) => item.names?.number ?? []));
  return shownNames(end).number ?? (counted.size === 1 ? [...counted][0] : undefined);
}

const UNIT = /^st0\.(\d{1,5})$/;

/** The one st0 unit that is there and that no VPN is bound to, else the next number; of a configuration that shows all interfaces. */
function unitToBind(end: EndView): string | undefined {
  const connection = connectionForPeer(end)?.item;
  if (connection?.leadsNowhere !== true || end.interfaces?.complete !== true) return undefined;
  const units = end.interfaces.items.flatMap(({ item }) => UNIT.exec(item.name)?.[1] ?? []).map(Number);
  const bound = (end.connections?.items ?? []).flatMap(({ item }) => UNIT.exec(item.tunnelInterface ?? "")?.[1] ?? []);
  const [free, ...others] = units.filter((unit) => !bound.includes(`${unit}`));
  if (free !== undefined && others.length === 0) return `${free}`;
  return `${Math.max(-1, ...units, ...bound.map(Number)) + 1}`;
}

/** The only rule set that leads into a tunnel, and its first rule. */
function ruleSetBlanks(end: EndView): Blanks {
  const rules = end.natRules?.item;
  const [rule, ...others] = (rules?.rules ?? []).filter(({ text }) => text.startsWith("rule-set "));
  const entry = rules && rule && others.length === 0 ? natListOf(end, rules, rule)?.item.entries[0] : undefined;
  return {
    "nat-rule-set": others.length === 0 ? rule?.text.slice("rule-set ".length) : undefined,
    "nat-first-rule": /^rule (\S{1,80}) then /.exec(entry?.text ?? "")?.[1],
  };
}

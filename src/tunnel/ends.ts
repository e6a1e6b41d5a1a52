/**
 * Which end each output is from: what was said, the prompt's host name, or the addresses in it. Where nothing tells,
 * an output follows the one before it in its paste, and the first device seen is the one the person is on.
 */
import { kindOfDevice } from "../domain/device-kind.ts";
import type { PlatformId, Side } from "../domain/ids.ts";
import type { ReadOutput } from "../domain/output.ts";
import { areOfTwoKinds, type Clues, cluesOf, mergeClues, noClues } from "./clues.ts";
import type { GivenPaste } from "./known.ts";

export interface Ends {
  /** The side of each output; undefined for a third device, or where nothing tells and guessing would be wrong. */
  readonly sideOf: ReadonlyMap<ReadOutput, Side | undefined>;
  readonly local: Clues;
  readonly remote: Clues;
  /** Pastes whose end only the person can tell. */
  readonly unclear: readonly string[];
}

interface Group {
  said?: Side | undefined;
  readonly clues: Clues;
  readonly outputs: ReadOutput[];
  readonly pastes: Set<string>;
}

/** What people said of the ends: the far one's address, and which platforms they are. */
export interface Told {
  readonly peer?: string | undefined;
  readonly platforms?: Readonly<Partial<Record<Side, PlatformId>>> | undefined;
}

export function findEnds(pastes: readonly GivenPaste[], told: Told): Ends {
  const groups: Group[] = [];
  for (const { paste, saidSide } of pastes) {
    let previous: Group | undefined;
    for (const output of paste.outputs) {
      const clues = cluesOf(output);
      const said = output.saidSide ?? saidSide;
      const group = matchingGroup(groups, clues, said, previous) ?? newGroup(groups, said);
      mergeClues(group.clues, clues);
      group.said ??= said;
      group.outputs.push(output);
      group.pastes.add(paste.name);
      previous = group;
    }
  }
  return assign(unite(adoptNameless(groups)), told);
}

function newGroup(groups: Group[], said: Side | undefined): Group {
  const group: Group = { said, clues: noClues(), outputs: [], pastes: new Set() };
  groups.push(group);
  return group;
}

function matchingGroup(
  groups: readonly Group[],
  clues: Clues,
  said: Side | undefined,
  previous: Group | undefined,
): Group | undefined {
  if (said !== undefined) {
    const same = groups.find((group) => group.said === said);
    if (same) return same;
  }
  const free = groups.filter((group) => said === undefined || group.said === undefined || group.said === said);
  const byHost = free.find((group) => shares(group.clues.hosts, clues.hosts));
  if (byHost) return byHost;
  const byAddress = free.find((group) => shares(group.clues.own, clues.own) && mayBeOne(group.clues, clues));
  if (byAddress) return byAddress;
  const follows = previous !== undefined && free.includes(previous) && mayBeOne(previous.clues, clues);
  return follows && clues.hosts.size === 0 ? previous : undefined;
}

/** Later clues can show that two groups are one device. */
function unite(groups: readonly Group[]): Group[] {
  const united: Group[] = [];
  for (const group of groups) {
    const same = united.find(
      (other) =>
        (other.said === undefined || group.said === undefined || other.said === group.said) &&
        mayBeOne(other.clues, group.clues) &&
        (shares(other.clues.hosts, group.clues.hosts) || shares(other.clues.own, group.clues.own)),
    );
    if (!same) {
      united.push(group);
      continue;
    }
    same.said ??= group.said;
    mergeClues(same.clues, group.clues);
    same.outputs.push(...group.outputs);
    for (const name of group.pastes) same.pastes.add(name);
  }
  return united;
}

/** Outputs that name nobody, at the head of a paste that later names its device, are that device's. */
function adoptNameless(groups: readonly Group[]): Group[] {
  const kept: Group[] = [];
  for (const [index, group] of groups.entries()) {
    const heir = isNameless(group)
      ? groups
          .slice(index + 1)
          .find(
            ({ clues, pastes }) => clues.hosts.size > 0 && shares(pastes, group.pastes) && mayBeOne(clues, group.clues),
          )
      : undefined;
    if (!heir) {
      kept.push(group);
      continue;
    }
    mergeClues(heir.clues, group.clues);
    heir.outputs.unshift(...group.outputs);
  }
  return kept;
}

function isNameless({ said, clues }: Group): boolean {
  return said === undefined && clues.hosts.size === 0 && clues.own.size === 0;
}

/** The end that alone was said to be such a device. */
function sideByKind({ kinds }: Clues, { platforms = {} }: Told): Side | undefined {
  const [kind, other] = kinds;
  const { local, remote } = platforms;
  if (kind === undefined || other !== undefined || local === undefined || remote === undefined) return undefined;
  const isLocal = kindOfDevice(local) === kind;
  if (isLocal === (kindOfDevice(remote) === kind)) return undefined;
  return isLocal ? "local" : "remote";
}

function assign(groups: readonly Group[], told: Told): Ends {
  const sides = new Map<Group, Side | undefined>();
  for (const group of groups) if (group.said !== undefined) sides.set(group, group.said);
  const isPeer = (group: Group) => told.peer !== undefined && group.clues.own.has(told.peer);
  for (const group of groups) if (!sides.has(group) && isPeer(group)) sides.set(group, "remote");

  const taken = (side: Side) => groups.find((group) => sides.get(group) === side);
  for (const group of groups) {
    const side = sides.has(group) ? undefined : sideByKind(group.clues, told);
    if (side !== undefined && !taken(side)) sides.set(group, side);
  }
  const unclear: string[] = [];
  for (const group of groups) {
    if (sides.has(group)) continue;
    const local = taken("local");
    const remote = taken("remote");
    if (!local) {
      sides.set(group, "local");
    } else if (!remote && areOtherEnds(local.clues, group.clues)) {
      // A branch beside this one is none of its ends where the hub that it points at was shown as well.
      const isPassedOver =
        !pointAt(local.clues, group.clues) &&
        groups.some((other) => !sides.has(other) && other !== group && pointAt(local.clues, other.clues));
      sides.set(group, isPassedOver ? undefined : "remote");
    } else {
      sides.set(group, resembles(group, local, remote));
      if (sides.get(group) === undefined && !isThirdDevice(group.clues)) unclear.push(...group.pastes);
    }
  }
  const sideOf = new Map<ReadOutput, Side | undefined>();
  const clues = { local: noClues(), remote: noClues() };
  for (const group of groups) {
    const side = sides.get(group);
    for (const output of group.outputs) sideOf.set(output, side);
    if (side) mergeClues(clues[side], group.clues);
  }
  return { sideOf, ...clues, unclear };
}

/** Outputs without any clue about their device are taken for the local end's. */
function resembles(group: Group, local: Group, remote: Group | undefined): Side | undefined {
  const { hosts, own, peers } = group.clues;
  if (hosts.size === 0 && own.size === 0 && peers.size === 0 && !remote) return "local";
  if (shares(peers, local.clues.peers) && mayBeOne(local.clues, group.clues)) return "local";
  if (remote && shares(peers, remote.clues.peers) && mayBeOne(remote.clues, group.clues)) return "remote";
  // What came first said nothing of its device, so nothing speaks against this being it.
  if (!remote && isBlank(local.clues)) return "local";
  if (hosts.size > 0) return undefined;
  return remote ? undefined : "local";
}

function isBlank({ hosts, own, peers }: Clues): boolean {
  return hosts.size === 0 && own.size === 0 && peers.size === 0;
}

function isThirdDevice(clues: Clues): boolean {
  return clues.hosts.size > 0 || clues.own.size > 0;
}

/** Whether two sets of clues show two different devices that can be the two ends of one tunnel. */
function areOtherEnds(one: Clues, other: Clues): boolean {
  if (shares(one.hosts, other.hosts)) return false;
  if (shares(one.own, other.peers) || shares(other.own, one.peers)) return true;
  if (one.hosts.size > 0 && other.hosts.size > 0) return true;
  if (one.own.size > 0 && other.own.size > 0) return !shares(one.own, other.own);
  if (areOfTwoKinds(one, other)) return true;
  return one.peers.size > 0 && other.peers.size > 0 && !shares(one.peers, other.peers);
}

/** Whether one of them names an address of the other. */
function pointAt(one: Clues, other: Clues): boolean {
  return !shares(one.hosts, other.hosts) && (shares(one.peers, other.own) || shares(other.peers, one.own));
}

/** Whether nothing speaks against one device having both sets of clues. */
function mayBeOne(one: Clues, other: Clues): boolean {
  if (one.hosts.size > 0 && other.hosts.size > 0 && !shares(one.hosts, other.hosts)) return false;
  if (areOfTwoKinds(one, other)) return false;
  return !shares(one.own, other.peers) && !shares(other.own, one.peers);
}

function shares(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const item of one) if (other.has(item)) return true;
  return false;
}

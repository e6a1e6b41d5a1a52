/** Who may do what, by channels and user groups; groups are asked for at Slack, and remembered for a while. */
import type { webApi } from "@slack/bolt";
import { type AccessRules, type RestrictedAction, refusalOf } from "../../domain/access.ts";
import { isDirect } from "./place.ts";

export interface WhoMay {
  /** @returns a sentence for whoever may not, undefined where they may */
  refusal(action: RestrictedAction, person: string, channel: string): Promise<string | undefined>;
}

const REMEMBERED_MS = 300_000;

export function createWhoMay(
  rules: AccessRules | undefined,
  client: Pick<webApi.WebClient, "usergroups">,
  now: () => number,
): WhoMay {
  const members = new Map<string, { readonly users: ReadonlySet<string>; readonly until: number }>();

  async function usersOf(group: string): Promise<ReadonlySet<string>> {
    const known = members.get(group);
    if (known !== undefined && known.until > now()) return known.users;
    const users = new Set((await client.usergroups.users.list({ usergroup: group })).users ?? []);
    members.set(group, { users, until: now() + REMEMBERED_MS });
    return users;
  }

  return {
    async refusal(action, person, channel) {
      if (rules === undefined) return undefined;
      const wanted = rules.groups[action] ?? [];
      const groups: string[] = [];
      for (const group of wanted) if ((await usersOf(group)).has(person)) groups.push(group);
      // A private case disturbs no channel.
      const places = isDirect(channel) ? (rules.places ?? []) : [channel];
      return refusalOf(rules, action, { places, groups });
    },
  };
}

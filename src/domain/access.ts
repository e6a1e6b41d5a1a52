/** Who may do what in a chat. Names are the platform's own ids; what is not restricted is open to everyone there. */

export interface AccessRules {
  /** Channels, or servers, where cases may be started. */
  readonly places?: readonly string[] | undefined;
  /** Groups or roles of which somebody must be in one, by what they want to do. */
  readonly groups: Partial<Readonly<Record<RestrictedAction, readonly string[]>>>;
}

export type RestrictedAction = "start" | "hand-over" | "close";

export interface Asker {
  /** The channel and, where it is a thread, its parent; the server. */
  readonly places: readonly string[];
  readonly groups: readonly string[];
}

const WORDS: Readonly<Record<RestrictedAction, string>> = {
  start: "start a case",
  "hand-over": "hand a case over",
  close: "close a case",
};

/**
 * A sentence for whoever may not, or undefined where they may.
 * @param called what the platform calls its groups
 */
export function refusalOf(
  rules: AccessRules,
  action: RestrictedAction,
  asker: Asker,
  called: "be in a group" | "have a role" = "be in a group",
): string | undefined {
  if (action === "start" && rules.places !== undefined && !rules.places.some((place) => asker.places.includes(place)))
    return "I don't take cases in this channel; please ask in one where I am set up, or ask whoever runs me.";
  const wanted = rules.groups[action];
  if (wanted === undefined || wanted.some((group) => asker.groups.includes(group))) return undefined;
  return `To ${WORDS[action]} here you need to ${called} that may; ask whoever runs me.`;
}

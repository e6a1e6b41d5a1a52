/** The text of a Slack message as its writer saw it. */

const BRACKETS = /<([^<>\n]{1,4000})>/g;
const ENTITY = /&(amp|lt|gt);/g;
const DECODED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">" };

/**
 * Undoes what Slack does to a message: links, mentions and channels become what was shown, then the three characters it
 * escapes are put back, once. What is written in angle brackets by a person is escaped, so every bracket is Slack's own.
 */
export function textOfMessage(text: string): string {
  return text
    .replace(BRACKETS, (_, inside: string) => shownOf(inside))
    .replace(ENTITY, (_, name: string) => DECODED[name] ?? "");
}

function shownOf(inside: string): string {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : inside.slice(bar + 1);
  switch (target[0]) {
    case "@":
      return `@${label ?? target.slice(1)}`;
    case "#":
      return `#${label ?? target.slice(1)}`;
    case "!":
      return label ?? `@${target.slice(1).split("^", 1)[0]}`;
    default:
      return label ?? target.replace(/^(?:tel|mailto):/, "");
  }
}

const MENTION = /<@([A-Z0-9]{1,20})(?:\|[^<>\n]{0,100})?>[:,]?[ \t]?/g;

/** Whether a text mentions a user, and the text without that mention. */
export function withoutMention(text: string, userId: string): { readonly mentioned: boolean; readonly text: string } {
  let mentioned = false;
  const rest = text.replace(MENTION, (found, id: string) => {
    if (id !== userId) return found;
    mentioned = true;
    return "";
  });
  return { mentioned, text: mentioned ? rest.trimStart() : rest };
}

/** Whether a text, as Slack sends it, calls people, a group or the whole channel. */
export function mentionsPeople(text: string): boolean {
  return /<@[A-Z0-9]|<!(?:here|channel|everyone|subteam)\b/.test(text);
}

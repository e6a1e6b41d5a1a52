/**
 * The blocks that we use. All words go into rich text or plain text, which Slack shows as they are: nothing pasted can
 * become a mention, a link or a style.
 */
import type { types } from "@slack/bolt";
import { CONTEXT_TEXT, LABEL } from "./limits.ts";
import { linkToMessage, type Thread } from "./place.ts";
import { sendable, shortened } from "./words.ts";

export type SlackBlock = types.KnownBlock;
export type SlackElement = types.ActionsBlockElement;
type Inline = types.RichTextElement;

export function words(text: string, style?: { bold?: boolean; italic?: boolean; code?: boolean }): Inline {
  return { type: "text", text: sendable(text) || " ", ...(style !== undefined && { style }) };
}

export function userName(id: string): Inline {
  return { type: "user", user_id: id };
}

export function paragraph(...elements: readonly Inline[]): SlackBlock {
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [...elements] }] };
}

export function preformatted(text: string, ...before: readonly Inline[]): SlackBlock {
  return {
    type: "rich_text",
    elements: [
      ...(before.length > 0 ? [{ type: "rich_text_section" as const, elements: [...before] }] : []),
      { type: "rich_text_preformatted", elements: [{ type: "text", text: sendable(text) || " " }] },
    ],
  };
}

export function bullets(items: readonly string[], ...before: readonly Inline[]): SlackBlock {
  return {
    type: "rich_text",
    elements: [
      ...(before.length > 0 ? [{ type: "rich_text_section" as const, elements: [...before] }] : []),
      {
        type: "rich_text_list",
        style: "bullet",
        elements: items.map((item) => ({ type: "rich_text_section", elements: [words(item)] })),
      },
    ],
  };
}

/** The largest words there are; at most `HEADER_TEXT` characters, one line. */
export function header(text: string): SlackBlock {
  return { type: "header", text: plain(text) };
}

export function smallPrint(text: string): SlackBlock {
  return { type: "context", elements: [plain(shortened(sendable(text), CONTEXT_TEXT))] };
}

export function plain(text: string): types.PlainTextElement {
  return { type: "plain_text", text, emoji: false };
}

export function label(text: string): types.PlainTextElement {
  return plain(shortened(sendable(text).replaceAll("\n", " "), LABEL) || "…");
}

export function button(text: string, action: string, value: string, style?: "primary" | "danger"): types.Button {
  return { type: "button", text: label(text), action_id: action, value, ...(style !== undefined && { style }) };
}

export function linkButton(text: string, url: string): types.Button {
  return { type: "button", text: label(text), action_id: "open-link", url };
}

/** @param workspaceUrl as auth.test tells it */
export function linkToThread(workspaceUrl: string, thread: Thread): SlackBlock {
  return { type: "actions", elements: [linkButton("Open the thread", linkToMessage(workspaceUrl, thread))] };
}

export function option(text: string, value: string): types.PlainTextOption {
  return { text: label(text), value };
}

/** As they go over the wire: given blocks, the client first copies all of them for a log that is off, and then writes them so. */
export function written(blocks: readonly SlackBlock[]): SlackBlock[] {
  return JSON.stringify(blocks) as unknown as SlackBlock[];
}

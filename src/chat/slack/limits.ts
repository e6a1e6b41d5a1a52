/**
 * What Slack takes at the most, and what we keep to. Sources: docs.slack.dev (Block Kit reference, chat.postMessage,
 * rate limits) where not said otherwise. Lengths are in UTF-16 units, which is never more than Slack counts.
 */

/** Blocks of a message. */
export const MESSAGE_BLOCKS = 50;
/** Text of a section; rich text is not documented, so the same is kept to. */
export const SECTION_TEXT = 3_000;
/** Text of a header. */
export const HEADER_TEXT = 150;
/** All text of a message's blocks together: `msg_blocks_too_long` was seen at about 13,200 (bolt-js issue 2509). */
export const MESSAGE_CHARACTERS = 12_000;
/** Text beside the blocks, for notifications; longer ones are split by the server (java-slack-sdk issue 704). */
export const FALLBACK_TEXT = 4_000;
/** Texts in a context block are small print; the limit of a text object. */
export const CONTEXT_TEXT = 3_000;
/** Elements of an actions block. */
export const ACTIONS = 25;
/** A button's label, and an option's. */
export const LABEL = 75;
/** What an option of a select or an overflow menu carries. */
export const OPTION_VALUE = 150;
/** What a plain text input can hold. */
export const INPUT_TEXT = 3_000;
/** What a modal carries along for us. */
export const PRIVATE_METADATA = 3_000;
/** Messages a second and channel; short bursts are allowed. */
export const MESSAGES_PER_SECOND = 1;

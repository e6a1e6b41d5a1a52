/** What Discord takes of a bot. Numbers from its developer documentation; those of our own say so. */

/** Characters of a message's content (resources/message). We count UTF-16 units, which are never fewer. */
export const MOST_CONTENT = 2_000;
/** Rows of components, and buttons in one (components/reference). */
export const MOST_ROWS = 5;
export const MOST_BUTTONS_IN_ROW = 5;
/** Entries of a select (components/reference). */
export const MOST_OPTIONS = 25;
/** Characters of a button's label, of a select's entry, of an id that comes back (components/reference). */
export const MOST_BUTTON_LABEL = 80;
export const MOST_OPTION_LABEL = 100;
export const MOST_CUSTOM_ID = 100;
/** Characters of a text field in a form; of a form's title, of a field's label (components/reference). */
export const MOST_TYPED = 4_000;
/** Files of a message (resources/message). */
export const MOST_FILES = 10;
/** Bytes of one file; Discord takes 10 MiB (reference, uploading files). */
export const MOST_FILE_BYTES = 8 * 1024 * 1024;
/** Bytes of all files of a message; Discord takes a request of 25 MiB. */
export const MOST_FILES_BYTES = 20 * 1024 * 1024;
/** Characters of an embed's title, description and field (resources/message). */
export const MOST_EMBED_TITLE = 256;
export const MOST_EMBED_DESCRIPTION = 4_096;
export const MOST_EMBED_FIELD = 1_024;
/** Characters of a thread's name (resources/channel). */
export const MOST_THREAD_NAME = 100;
/** Characters of a nonce, by which a message is sent once (resources/message). */
export const MOST_NONCE = 25;
/** Choices of an autocompletion, and characters of one (interactions/receiving-and-responding). */
export const MOST_COMPLETIONS = 25;
export const MOST_COMPLETION = 100;

/** Milliseconds that an interaction's token is good for: 15 minutes, less what a request may take. */
export const TOKEN_MS = 14.5 * 60_000;

/** Messages of one reply: more is no conversation, and goes into a file. Our own. */
export const MOST_MESSAGES = 3;
/** Bytes of a file that we read: a hub's output of 10,000 tunnels has 17 MB. Our own. */
export const MOST_READ_BYTES = 32 * 1024 * 1024;

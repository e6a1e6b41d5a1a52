/** What the chat itself says, beside the case's replies: short, and always what to do next. */
import { MOST_TYPED } from "./limits.ts";

export const HELP = [
  "**I help to find what is wrong with an IPsec tunnel.** Each case is a thread; paste outputs into it, from either end, in any order. I remove keys before I keep anything.",
  "`/ipsec start` a case; say what you see, the platform, the peer, or nothing at all",
  "`/ipsec diagnose` reads files or a paste at once, no questions",
  "`/ipsec explain` a state, message or term, such as MM_KEY_EXCH",
  "`/ipsec cases` of this server, by peer, cause, words or time · `/ipsec resume` one of them here · `/ipsec stats` adds them up",
  "`/ipsec search` looks in what I can explain and in the cases",
  "`/ipsec handoff` writes the case up, or gives it to somebody · `/ipsec close`",
  "Or mention me with the same words, or use **Apps → Read this output** on any message.",
  "In a case you can also type *can't run that*, *the other end*, *so far*, *compare*, *undo*, *done*, *hand over*.",
].join("\n");

export const STORE_AWAY =
  "I can't store anything just now, so I took nothing of that. Try again in a minute; if it stays, tell whoever runs me.";
export const STORE_SLOW =
  "My store is slow just now, so I can't say yet whether that is done. Look again in a minute, before you ask once more.";
export const BROKE = "That broke something in me; it is my fault, not yours. Nothing was changed; try it once more.";
export const WELCOME = "You are welcome.";
export const NO_CASE_HERE =
  "There is no case here. `/ipsec start` begins one; in a case's thread this works without more, elsewhere name the case.";
export const UNKNOWN_BUTTON =
  "That button is from another time; I don't know it any more. `/ipsec help` says what I do.";
export const NOTHING_IN_IT = "There was nothing in it. Paste the output, or attach it as a file.";
export const CANT_READ_HERE =
  "I can't read messages here unless they mention me. Mention me with the output, use **Apps → Read this output** on your message, or **Paste privately**. What is too long for a message becomes a file, and takes the mention along: use one of the other two for it. (Whoever runs me can switch on the *Message Content* intent.)";
export const NO_THREADS_HERE =
  "I can't begin a thread in this kind of channel. Ask me in a text channel, or write to me directly.";
export const ALREADY_READ = "I have read that message already.";
export const THAT_IS_MINE = "That is what I said myself; pick the message with the device's output.";
export const FORM_HINT = `At most ${MOST_TYPED.toLocaleString("en")} characters; attach what is longer as a text file. Nobody else here sees it. I remove keys before I keep anything.`;

export function noSuchCase(caseId: string): string {
  return `There is no case ${caseId} here. \`/ipsec cases\` lists those you can see.`;
}

/** Without what was given: nobody knows what it holds. */
export const NO_ADDRESS =
  "The peer that you gave is no IP address, so I left it out. Type its address here once you have it.";
export const NO_OUTPUT =
  "That does not look like a device's output, and it tells of no trouble with a tunnel. Pick the message with the output, or `/ipsec start` a case.";

/** @param where "in #thread" */
export function wentOn(caseId: string, where: string): string {
  return `Case ${caseId} goes on ${where}; here I don't follow it any more, so say it there. \`/ipsec start\` begins a new case.`;
}

export function isClosed(caseId: string): string {
  return `Case ${caseId} is closed. Reopen it to go on, or \`/ipsec start\` a new one.`;
}

export function notKept(caseId: string): string {
  return `Case ${caseId} is not kept any more. \`/ipsec start\` begins a new one.`;
}

export const TOO_LATE =
  "Discord stopped waiting for my answer. What you asked for may be done all the same: look into the case, or ask again.";

export const WAITING_FOR_STORE =
  "I can't store anything just now. Nothing you wrote is lost: I take it in as soon as I can, and answer then.";

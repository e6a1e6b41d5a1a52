/** What can be said and done in Slack. */
import type { Reply } from "../../domain/reply.ts";

export function helpText(): Reply {
  return {
    blocks: [
      {
        type: "text",
        text: "I find out what is wrong with an IPsec tunnel. A case lives in a thread; paste any output there, or put it in as a file.",
        tone: "plain",
      },
      {
        type: "list",
        label: "Commands",
        items: [
          "/ipsec tunnel to 198.51.100.7 is down: begins a case, with a form",
          "/ipsec diagnose: a form to paste into, with no questions before",
          "/ipsec cases [open|closed|all] [mine] [ADDRESS] [CAUSE] [WORDS] [since 7d]: yours and this channel's",
          "/ipsec cases stats: what it was, how long it took, what nobody could read",
          "/ipsec search WORDS: in what I can explain and in the cases",
          "/ipsec explain MM_NO_STATE: a state, message or term",
          "/ipsec handoff [far|vendor] [CASE]: writes a case up, also for the far side or the vendor",
          "/ipsec close [CASE] · /ipsec resume CASE: goes on with it here",
        ],
      },
      {
        type: "list",
        label: "In a thread, where Slack takes no commands",
        items: [
          "Mention me, with or without words: that begins a case or says how far it is",
          "On any message: ⋮, Read this output",
          "Words to me: can't run that · the other end · undo · so far · compare · done · hand over",
        ],
      },
      {
        type: "text",
        text: "An edited message is read again, a deleted one is forgotten. Keys are removed before anything is kept.",
        tone: "quiet",
      },
    ],
  };
}

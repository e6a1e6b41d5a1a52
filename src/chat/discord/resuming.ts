/** A case goes on where somebody asks for it: in a thread made for it, or in the thread that is there. */
import { resumeFrom } from "../../case/commands.ts";
import type { Desk, From } from "./desk.ts";
import { openCase } from "./opening.ts";
import { channelOf } from "./place.ts";
import type { Responder } from "./responder.ts";
import * as say from "./words.ts";

export async function resumeCase(desk: Desk, responder: Responder, from: From, named: string): Promise<void> {
  const asked = resumeFrom(named);
  const id = asked?.caseId;
  return openCase(desk, responder, from, {
    isPrivate: false,
    async content() {
      // By its code, from wherever it is.
      if (asked?.code !== undefined) return { content: { type: "resumed", ...asked }, problems: [] };
      const head = id === undefined ? undefined : await desk.caseById(id, from);
      if (!head) return say.noSuchCase(id ?? "of that name");
      if (head.status === "closed") {
        const reopened = desk.inbound(`${responder.interaction.id}:reopen`, head.place, from, { type: "reopened" });
        await desk.hear(reopened);
      }
      if (channelOf(head.place) === from.channelId)
        return head.status === "closed" ? "It is open again." : `Case ${head.id} is right here.`;
      const wasClosed = head.status === "closed";
      return { content: { type: "resumed", caseId: head.id, wasClosed }, problems: [] };
    },
  });
}

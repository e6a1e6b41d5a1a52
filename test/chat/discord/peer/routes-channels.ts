/** Channels, threads and their members; direct messages. */
import { type APIChannel, type APIThreadChannel, MessageFlags, MessageType } from "discord.js";
import { z } from "zod";
import { accept, known, need } from "./accept.ts";
import { postMessage } from "./messages.ts";
import { Refusal, type Route } from "./rest.ts";
import { isThread, type World } from "./world.ts";

const NewThread = z.object({
  name: z.string(),
  auto_archive_duration: z.int().optional(),
  type: z.int().optional(),
});
const Change = z.object({
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
  name: z.string().optional(),
});
const Direct = z.object({ recipient_id: z.string() });
const TEXT_LIKE = [0, 5];

export function channelRoutes(world: World): Route[] {
  const channel = (id: string): APIChannel => {
    need(world, id);
    const found = world.channels.get(id);
    if (!found) throw new Refusal(404, 10003, "Unknown Channel");
    return found;
  };
  const begin = (body: unknown, parentId: string, id: string, isPrivate: boolean): APIThreadChannel => {
    const { name, auto_archive_duration: archiveAfter = 1440 } = NewThread.parse(body);
    const guildId = world.guildOf(parentId)?.id;
    if (guildId === undefined) throw new Refusal(400, 50024, "Cannot execute action on this channel type");
    const thread = world.addThread({ id, guildId, parentId, name, ownerId: world.bot.id, isPrivate, archiveAfter });
    return world.honesty.sends("CreatedThreadResponseSchema", thread);
  };
  return [
    { method: "GET", path: /^\/channels\/(\d+)$/, needsToken: true, answer: ({ params: [id = ""] }) => channel(id) },
    {
      method: "PATCH",
      path: /^\/channels\/(\d+)$/,
      needsToken: true,
      answer({ params: [id = ""], body }) {
        const found = channel(id);
        if (!isThread(found)) throw new Refusal(403, 50013, "Missing Permissions");
        accept(world, "UpdateThreadRequestPartialSchema", body);
        const change = Change.parse(body);
        const isLocked = found.thread_metadata?.locked === true;
        const isOnlyReopening = change.archived === false && change.locked === undefined && !isLocked;
        const isOwn = found.owner_id === world.bot.id && change.locked === undefined && !isLocked;
        if (!isOnlyReopening && !isOwn) need(world, id, "ManageThreads");
        if (found.thread_metadata?.archived === true && change.archived !== false)
          throw new Refusal(400, 50083, "Thread is archived");
        if (change.name !== undefined) found.name = change.name;
        world.changeThread(found, change as { archived?: boolean; locked?: boolean });
        return found;
      },
    },
    {
      method: "POST",
      path: /^\/channels\/(\d+)\/messages\/(\d+)\/threads$/,
      needsToken: true,
      answer({ params: [parentId = "", messageId = ""], body }) {
        need(world, parentId, "CreatePublicThreads");
        const parent = channel(parentId);
        if (!TEXT_LIKE.includes(parent.type))
          throw new Refusal(400, 50024, "Cannot execute action on this channel type");
        accept(world, "CreateTextThreadWithMessageRequestSchema", body);
        const message = known(world.find(parentId, messageId));
        if (((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0) throw new Refusal(404, 10008, "Unknown Message");
        if (world.channels.has(messageId))
          throw new Refusal(400, 160004, "A thread has already been created for this message");
        message.flags = ((message.flags ?? 0) | MessageFlags.HasThread) as MessageFlags;
        const thread = begin(body, parentId, messageId, false);
        postMessage(world, thread.id, message.author, { type: MessageType.ThreadStarterMessage });
        return thread;
      },
    },
    {
      method: "POST",
      path: /^\/channels\/(\d+)\/threads$/,
      needsToken: true,
      answer({ params: [parentId = ""], body }) {
        accept(world, "CreateTextThreadWithoutMessageRequestSchema", body);
        const isPrivate = (NewThread.parse(body).type ?? 12) === 12;
        need(world, parentId, isPrivate ? "CreatePrivateThreads" : "CreatePublicThreads");
        if (channel(parentId).type !== 0) throw new Refusal(400, 50024, "Cannot execute action on this channel type");
        return begin(body, parentId, world.clock.id(), isPrivate);
      },
    },
    {
      method: "PUT",
      path: /^\/channels\/(\d+)\/thread-members\/(\d+|@me)$/,
      needsToken: true,
      answer({ params: [id = "", userId = ""] }) {
        need(world, id, "SendMessagesInThreads");
        const thread = channel(id);
        if (!isThread(thread)) throw new Refusal(400, 50024, "Cannot execute action on this channel type");
        if (thread.thread_metadata?.archived === true) throw new Refusal(400, 50083, "Thread is archived");
        const member = userId === "@me" ? world.bot.id : userId;
        if (!world.guildOf(id)?.members.has(member)) throw new Refusal(404, 10007, "Unknown Member");
        world.threadMembers.get(id)?.add(member);
        return undefined;
      },
    },
    {
      method: "GET",
      path: /^\/channels\/(\d+)\/thread-members\/(\d+)$/,
      needsToken: true,
      answer({ params: [id = "", userId = ""] }) {
        channel(id);
        if (!world.threadMembers.get(id)?.has(userId)) throw new Refusal(404, 10007, "Unknown Member");
        return world.honesty.sends("ThreadMemberResponseSchema", {
          id,
          user_id: userId,
          join_timestamp: world.clock.iso(),
          flags: 0,
        });
      },
    },
    {
      method: "POST",
      path: /^\/users\/@me\/channels$/,
      needsToken: true,
      answer({ body }) {
        const user = world.users.get(Direct.parse(body).recipient_id);
        if (!user) throw new Refusal(400, 50033, "Invalid Recipient(s)");
        return world.directChannel(user);
      },
    },
  ];
}

/** What can be done: start a case, say something, choose, close, open again. Each is one or two messages to the bot. */
import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { resumeFrom } from "../../case/commands.ts";
import type { Content, Inbound, Place } from "../../domain/inbound.ts";
import { Act, Choose, Say, Start, textsOf } from "./forms.ts";
import { isSameOrigin, originOf } from "./guard.ts";
import { createLimiter } from "./limits.ts";
import { caseHref } from "./links.ts";
import { caseOf } from "./routes-reading.ts";
import { sameText } from "./session.ts";
import { type Web, type WebEnv, wantsJson } from "./web.ts";

const WRITES = { burst: 60, perSecond: 2 };

export function writingRoutes(web: Web): Hono<WebEnv> {
  const { bot, now } = web.tools;
  const writes = createLimiter(WRITES, now);
  const app = new Hono<WebEnv>();

  /** The form, if it may be heard; else the refusal. */
  async function formOf<T extends z.ZodType>(c: Context<WebEnv>, schema: T): Promise<z.infer<T> | Response> {
    const { session } = c.var;
    if (!isSameOrigin(originOf(c))) return web.refuse(c, 403, "origin", "That form is not from this page.");
    const wait = writes.take(session.person);
    if (wait > 0) {
      c.header("Retry-After", `${wait}`);
      return web.refuse(c, 429, "too-many", `Too much at once; try again in ${wait} s.`);
    }
    const body = await c.req.parseBody({ all: true }).catch(() => undefined);
    const token = z.object({ form: z.string() }).safeParse(body).data?.form ?? "";
    if (!session.isScript && !sameText(token, session.formToken))
      return web.refuse(c, 403, "form-token", "That form is too old, or cookies are off. Load the page again.");
    const form = schema.safeParse(body);
    if (form.success) return form.data;
    const where = form.error.issues.map(({ path }) => path.join(".")).join(", ");
    return web.refuse(c, 400, "input", `That form can't be read (${where || "form"}).`);
  }

  /**
   * Tells the bot. The delivery is the page's id of this send with a digest of what it says: the same send again is a
   * repeat, an old form filled in differently (the Back button) is not.
   */
  function hear(c: Context<WebEnv>, place: Place, delivery: string, content: Content) {
    const { person } = c.var.session;
    const digest = createHash("sha256").update(JSON.stringify(content)).digest("base64url").slice(0, 16);
    const inbound: Inbound = {
      deliveries: [`web:${person}:${delivery}:${digest}`],
      place,
      person: { id: person },
      at: now(),
      content,
    };
    return bot.hear(inbound);
  }

  type Heard = Awaited<ReturnType<typeof hear>>;
  function answer(c: Context<WebEnv>, heard: Heard, caseId: string): Response | Promise<Response> {
    if (heard.outcome === "no-case") return web.problem(c, 404, "No such case", "That case is gone.");
    if (heard.outcome === "closed")
      return web.problem(c, 409, "The case is closed", "Open it again to go on with it. Nothing was saved.");
    const turn = heard.outcome === "taken" ? heard.turn : undefined;
    const href = `${caseHref(caseId)}${turn === undefined ? "" : `#turn-${turn}`}`;
    if (!wantsJson(c)) return c.redirect(href, 303);
    return c.json({ outcome: heard.outcome, caseId, turn, href, ...("reply" in heard && { reply: heard.reply }) });
  }

  app.post("/cases", async (c) => {
    const form = await formOf(c, Start);
    if (form instanceof Response) return form;
    const { delivery, symptom } = form;
    const thread = createHash("sha256").update(`${c.var.session.person} ${delivery}`).digest("base64url").slice(0, 22);
    const place: Place = { chat: "web", workspace: "", thread };
    const asked = /^\s{0,9}(?:\/ipsec )?resume (\S{4,24})\s{0,9}$/i.exec(form.text)?.[1];
    const resumed = asked === undefined ? undefined : resumeFrom(asked);
    if (resumed?.code !== undefined) {
      const heard = await hear(c, place, delivery, { type: "resumed", ...resumed });
      return answer(c, heard, resumed.caseId);
    }
    const opened = await hear(c, place, delivery, { ...(await saidIn(form)), type: "opened", symptom });
    const caseId = "caseId" in opened ? opened.caseId : undefined;
    return caseId === undefined ? answer(c, { outcome: "no-case" }, "") : answer(c, opened, caseId);
  });

  app.post("/case/:id/say", async (c) => {
    const form = await formOf(c, Say);
    if (form instanceof Response) return form;
    const head = await caseOf(web, c.req.param("id"));
    if (!head) return web.missing(c);
    const said = await saidIn(form);
    if (!said) return web.problem(c, 400, "Nothing to send", "There was nothing in it: type, paste or add a file.");
    return answer(c, await hear(c, head.place, form.delivery, said), head.id);
  });

  app.post("/case/:id/choose", async (c) => {
    const form = await formOf(c, Choose);
    if (form instanceof Response) return form;
    const head = await caseOf(web, c.req.param("id"));
    if (!head) return web.missing(c);
    return answer(c, await hear(c, head.place, form.delivery, { type: "chose", choice: form.choice }), head.id);
  });

  for (const [path, type] of [
    ["close", "closed"],
    ["reopen", "reopened"],
  ] as const)
    app.post(`/case/:id/${path}`, async (c) => {
      const form = await formOf(c, Act);
      if (form instanceof Response) return form;
      const head = await caseOf(web, c.req.param("id") ?? "");
      if (!head) return web.missing(c);
      return answer(c, await hear(c, head.place, form.delivery, { type }), head.id);
    });
  return app;
}

/** What a form says; undefined where there is nothing in it. */
async function saidIn({ text, side, files }: z.infer<typeof Say>): Promise<Content | undefined> {
  const words = text.replaceAll("\r\n", "\n");
  if (words.trim() === "" && files.length === 0) return undefined;
  return {
    type: "said",
    text: words,
    files: files.length === 0 ? undefined : await textsOf(files),
    side: side === "" ? undefined : side,
  };
}

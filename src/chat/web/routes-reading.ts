/** What can be seen: the list of cases, a case, what is new in it, a paste, the tree, a file. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { explainLineOf, pasteAsked } from "../../case/explain-line.ts";
import { treeStates } from "../../case/tree-picture.ts";
import { treeText } from "../../case/tree-text.ts";
import { TEMPLATES } from "../../domain/hand-off.ts";
import type { Block } from "../../domain/reply.ts";
import { earlierOf } from "../../looking-back/earlier.ts";
import { drawPicture } from "../../pictures/draw.ts";
import { SYMPTOMS } from "../../speech/next-step.ts";
import type { CaseHead } from "../../store/store.ts";
import { type CaseShown, partsOf, renderCasePage } from "./case-page.ts";
import { hiddenFields } from "./composer.ts";
import { CaseId } from "./forms.ts";
import { versionOf } from "./live.ts";
import { html } from "./markup.ts";
import { renderHome } from "./page.ts";
import { renderLookFor } from "./past-page.ts";
import { renderExplained, renderPaste } from "./paste-view.ts";
import { treeSource, treeSvg } from "./tree.ts";
import { type Web, type WebEnv, wantsJson } from "./web.ts";

const LISTED = 30;
const Whole = z.coerce.number().int().min(0).max(1e9);
const Theme = z.enum(["light", "dark"]).default("light");
const HandOffQuery = z.object({ for: z.enum(TEMPLATES).default("next-shift") });
const HandOffFormat = z.enum(["html", "md", "json"]);
const TYPES = { html: "text/html", md: "text/markdown", json: "application/json" } as const;
const TreeQuery = z.object({
  rested: z.enum(treeStates()),
  ended: z.enum(treeStates()),
  theme: Theme,
});
/** "standing:key,tree:key": the parts that a page has. */
const Have = z.string().max(2000).default("");

export function readingRoutes(web: Web): Hono<WebEnv> {
  const { cases, look, handOff } = web.tools;
  const app = new Hono<WebEnv>();
  const listed = () => cases.cases({ chat: "web", limit: LISTED });

  async function shown(c: Context<WebEnv>, head: CaseHead, after = 0): Promise<CaseShown | undefined> {
    const [turns, now, others, earlier] = await Promise.all([
      cases.turns(head.id, after),
      look(head.id),
      listed(),
      earlierOf(cases, head),
    ]);
    if (!now) return undefined;
    return { head, turns, look: now, others, earlier, viewer: c.var.session.person, hidden: hiddenOf(c) };
  }

  app.get("/", async (c) => {
    const body = renderHome(await listed(), hiddenOf(c), renderLookFor(""), SYMPTOMS);
    return web.page(c, 200, { title: "TunnelMedic", body });
  });

  app.get("/case/:id", async (c) => {
    const head = await caseOf(web, c.req.param("id"));
    const all = head && (await shown(c, head));
    if (!all) return web.missing(c);
    return web.page(c, 200, { kind: "case", ...renderCasePage(all) });
  });

  app.get("/case/:id/parts", async (c) => {
    const after = Whole.safeParse(c.req.query("after"));
    const have = Have.safeParse(c.req.query("have"));
    if (!after.success || !have.success) return web.refuse(c, 400, "input", "after and have are needed.");
    const head = await caseOf(web, c.req.param("id"));
    const all = head && (await shown(c, head, after.data));
    if (!head || !all) return web.missing(c);
    const known = new Map(have.data.split(",").map((item) => item.split(":") as [string, string | undefined]));
    const { turns, parts } = partsOf(all);
    const changed = Object.entries(parts).filter(([name, { key }]) => known.get(name) !== key);
    c.header("Cache-Control", "no-store");
    return c.json({
      version: versionOf(head),
      last: all.turns.at(-1)?.number ?? after.data,
      turns: String(turns),
      parts: Object.fromEntries(changed.map(([name, { key, markup }]) => [name, { key, html: String(markup) }])),
    });
  });

  app.get("/case/:id/events", async (c) => {
    const head = await caseOf(web, c.req.param("id"));
    if (!head) return web.missing(c);
    // 204 would end an EventSource for good; with 503 the page falls back to asking now and then.
    return web.live.stream(c, head.id) ?? c.text("too many streams", 503, { "Retry-After": "10" });
  });

  app.get("/case/:id/paste/:name", async (c) => {
    const head = await caseOf(web, c.req.param("id"));
    const now = head && (await look(head.id));
    const name = c.req.param("name");
    const held = now?.situation.diagnosis.tunnel.known.pastes.find(({ paste }) => paste.name === name);
    const line = Whole.optional().safeParse(c.req.query("line"));
    if (!head || !held || !line.success) return web.missing(c);
    const view = renderPaste(head.id, held.paste, line.data);
    c.header("Cache-Control", "no-store");
    if (wantsJson(c)) return c.json({ name, html: String(view) });
    const back = html`<a class="back" href="/case/${head.id}">${head.id}</a>`;
    const body = html`<main class="paste-page"><h1 dir="auto">${name}</h1>${view}</main>`;
    return web.page(c, 200, { title: `${name} · ${head.id} · TunnelMedic`, body, bar: back });
  });

  app.get("/case/:id/paste/:name/explain", async (c) => {
    const head = await caseOf(web, c.req.param("id"));
    const now = head && (await look(head.id));
    const paste = c.req.param("name");
    const line = Whole.safeParse(c.req.query("line"));
    if (!head || !now || !line.success || pasteAsked(now.situation, paste) === undefined) return web.missing(c);
    const reply = { blocks: explainLineOf(now.situation, { paste, line: line.data }) };
    const view = renderExplained({ caseId: head.id, paste, line: line.data }, reply);
    c.header("Cache-Control", "no-store");
    const name = `${paste}, line ${line.data}`;
    if (wantsJson(c)) return c.json({ name, html: String(view) });
    const back = html`<a class="back" href="/case/${head.id}">${head.id}</a>`;
    const body = html`<main class="paste-page"><h1 dir="auto">${name}</h1>${view}</main>`;
    return web.page(c, 200, { title: `${name} · ${head.id} · TunnelMedic`, body, bar: back });
  });

  /** To read and print without an ending; with one, to take along. */
  app.get("/case/:id/:form{hand-off(?:\\.(?:html|md|json))?}", async (c) => {
    const query = HandOffQuery.safeParse(c.req.query());
    const head = await caseOf(web, c.req.param("id"));
    const now = head && (await look(head.id));
    if (!head || !now || !query.success) return web.missing(c);
    const ending = c.req.param("form").split(".")[1];
    const format = HandOffFormat.parse(ending ?? "html");
    const { name, text } = handOff(now, { template: query.data.for, format });
    return c.body(text, 200, {
      "Content-Type": `${TYPES[format]}; charset=utf-8`,
      "Cache-Control": "no-store",
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      ...(ending !== undefined && { "Content-Disposition": `attachment; filename="${head.id}-${name}"` }),
    });
  });

  app.get("/case/:id/tree.svg", async (c) => {
    const query = TreeQuery.safeParse(c.req.query());
    if (!query.success) return web.missing(c);
    return c.body(await treeSvg(query.data, query.data.theme), 200, {
      "Content-Type": "image/svg+xml",
      "Cache-Control": "private, max-age=3600",
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    });
  });

  /** The tree as Mermaid source, or as text. */
  app.get("/case/:id/:tree{tree\\.(?:mmd|txt)}", async (c) => {
    const head = await caseOf(web, c.req.param("id"));
    const now = head && (await look(head.id));
    if (!now) return web.missing(c);
    const { rested, rest } = now.situation.diagnosis;
    const way = { rested, ended: rest.name };
    c.header("Cache-Control", "no-store");
    return c.text(c.req.param("tree") === "tree.mmd" ? treeSource(way) : await treeText(way));
  });

  /** A block of a reply, by the numbers of turn and block. */
  async function blockOf(c: Context<WebEnv>): Promise<Block | undefined> {
    const turn = Whole.safeParse(c.req.param("turn"));
    const block = Whole.safeParse(c.req.param("block"));
    const head = await caseOf(web, c.req.param("id") ?? "");
    if (!head || !turn.success || !block.success || turn.data === 0) return undefined;
    const [found] = await cases.turns(head.id, turn.data - 1);
    return found?.number === turn.data ? found.reply?.blocks[block.data] : undefined;
  }

  app.get("/case/:id/picture/:turn/:block", async (c) => {
    const drawn = await blockOf(c);
    const theme = Theme.safeParse(c.req.query("theme"));
    if (drawn?.type !== "picture" || !theme.success) return web.missing(c);
    return c.body(drawPicture(drawn.picture, theme.data), 200, {
      "Content-Type": "image/svg+xml",
      "Cache-Control": "private, max-age=3600",
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    });
  });

  app.get("/case/:id/file/:turn/:block", async (c) => {
    const file = await blockOf(c);
    if (file?.type !== "file") return web.missing(c);
    const name = file.name.replace(/[/\\]/g, "-") || "file.txt";
    return c.body(file.text, 200, {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name.replace(/[^\w.-]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      "Cache-Control": "no-store",
    });
  });
  return app;
}

/** The case of an id as it was typed; only the web's own cases can be seen here. */
export async function caseOf(web: Web, given: string): Promise<CaseHead | undefined> {
  const id = CaseId.safeParse(given);
  const head = id.success ? await web.tools.cases.caseById(id.data) : undefined;
  return head?.place.chat === "web" ? head : undefined;
}

function hiddenOf(c: Context<WebEnv>) {
  return hiddenFields(c.var.session.formToken, crypto.randomUUID());
}

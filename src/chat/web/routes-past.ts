/** Looking back: cases by what is asked for, their figures, and what a word means. */
import { Hono } from "hono";
import { z } from "zod";
import { casesAsked, sinceIn } from "../../case/cases-asked.ts";
import { listCases } from "../../looking-back/list.ts";
import { dayOf, speakFigures } from "../../speech/looking-back.ts";
import { renderCasesPage, renderExplainPage, renderFiguresPage } from "./past-page.ts";
import type { Web, WebEnv } from "./web.ts";

const PAGE_SIZE = 30;
const Words = z.string().max(200).default("");

export function pastRoutes(web: Web): Hono<WebEnv> {
  const { cases, known, explain, now } = web.tools;
  const app = new Hono<WebEnv>();

  app.get("/cases", async (c) => {
    const words = Words.safeParse(c.req.query("q"));
    const given = words.data?.trim() ?? "";
    const asked = casesAsked(given === "" ? ["all"] : given.split(/\s+/));
    if (!words.success || "remedy" in asked)
      return web.problem(
        c,
        400,
        "That can't be looked for",
        "remedy" in asked ? asked.remedy.replaceAll("`", "") : "It is too long.",
      );
    const listed = await listCases(cases, asked, {
      chat: "web",
      person: c.var.session.person,
      now: now(),
      pageSize: PAGE_SIZE,
      maySee: () => true,
    });
    const explained = asked.words === undefined ? [] : known(asked.words);
    return web.page(c, 200, { title: "Cases · TunnelMedic", body: renderCasesPage(given, listed, explained) });
  });

  app.get("/cases/stats", async (c) => {
    const since = Words.safeParse(c.req.query("since")).data ?? "";
    const openedSince = since === "" ? undefined : sinceIn(since.toLowerCase(), now());
    if (since !== "" && openedSince === undefined)
      return web.problem(c, 400, "Since when?", "Say it as 7d, 12h, yesterday or 2026-11-01.");
    const figures = await cases.figures({ chat: "web", openedSince });
    c.header("Cache-Control", "no-store");
    if (c.req.header("accept")?.startsWith("application/json") === true) return c.json({ schema: 1, ...figures });
    const said = speakFigures(figures, openedSince === undefined ? undefined : dayOf(openedSince));
    return web.page(c, 200, { title: "Figures · TunnelMedic", body: renderFiguresPage(said) });
  });

  app.get("/explain", (c) => {
    const words = Words.safeParse(c.req.query("words"));
    if (!words.success || words.data.trim() === "") return web.missing(c);
    return web.page(c, 200, {
      title: "Explained · TunnelMedic",
      body: renderExplainPage(explain(words.data), (id) => known(id).some((each) => each.id === id)),
    });
  });
  return app;
}

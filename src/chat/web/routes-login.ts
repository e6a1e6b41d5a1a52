/** The login, where an access token is set: nothing else is shown without it. */
import { Hono } from "hono";
import { z } from "zod";
import { Login } from "./forms.ts";
import { isSameOrigin, originOf } from "./guard.ts";
import { createLimiter } from "./limits.ts";
import { renderLogin } from "./page.ts";
import { logIn, logOut, sameText } from "./session.ts";
import type { Web, WebEnv } from "./web.ts";

/** Wrong tokens: from one address, and in all. A person mistypes a few times; a guesser needs many. */
const FROM_ONE_ADDRESS = { burst: 8, perSecond: 1 / 30 };
const IN_ALL = { burst: 200, perSecond: 1 };

/** What the Node server tells of the connection; elsewhere (tests) nothing is known. */
const Connection = z.object({ incoming: z.object({ socket: z.object({ remoteAddress: z.string() }) }) });

export function loginRoutes(web: Web): Hono<WebEnv> {
  const { token, now } = web.tools;
  const app = new Hono<WebEnv>();
  if (token === undefined) return app;
  const fromOne = createLimiter(FROM_ONE_ADDRESS, now);
  const inAll = createLimiter(IN_ALL, now);

  app.get("/login", (c) => {
    if (c.var.session.isLoggedIn) return c.redirect("/", 303);
    return web.page(c, 200, { title: "Log in · TunnelMedic", body: renderLogin(undefined, c.var.session.formToken) });
  });

  app.post("/login", async (c) => {
    if (!isSameOrigin(originOf(c))) return web.refuse(c, 403, "origin", "That form is not from this page.");
    const form = Login.extend({ form: z.string() }).safeParse(await c.req.parseBody().catch(() => ({})));
    if (!form.success) return web.refuse(c, 400, "input", "That form can't be read.");
    if (!sameText(form.data.form, c.var.session.formToken))
      return web.refuse(c, 403, "form-token", "That form is too old, or cookies are off. Load the page again.");
    const address = Connection.safeParse(c.env).data?.incoming.socket.remoteAddress ?? "";
    const wait = Math.max(fromOne.take(address), inAll.take(""));
    if (wait > 0) {
      c.header("Retry-After", `${wait}`);
      return web.refuse(c, 429, "too-many", `Too many attempts; try again in ${wait} s.`);
    }
    if (!sameText(form.data.token, token)) {
      web.tools.refused?.("wrong-token");
      const body = renderLogin("That is not the token.", c.var.session.formToken);
      return web.page(c, 401, { title: "Log in · TunnelMedic", body });
    }
    logIn(c, token);
    return c.redirect("/", 303);
  });

  app.post("/logout", async (c) => {
    if (!isSameOrigin(originOf(c))) return web.refuse(c, 403, "origin", "That form is not from this page.");
    logOut(c);
    return c.redirect("/login", 303);
  });

  app.use(async (c, next) => {
    if (c.var.session.isLoggedIn) return next();
    if (c.req.method === "GET" && (c.req.header("accept") ?? "").includes("text/html"))
      return c.redirect("/login", 303);
    return web.refuse(c, 401, "not-logged-in", "Log in first, or send the token as a Bearer.");
  });
  return app;
}

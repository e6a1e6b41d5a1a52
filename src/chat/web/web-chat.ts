/** The web page as one chat: its routes, each checked before it is answered. */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { StoreUnavailable } from "../../domain/chat.ts";
import { MOST_BYTES } from "./forms.ts";
import { isOwnHost, safeHeaders } from "./guard.ts";
import { createLimiter } from "./limits.ts";
import { apiRoutes } from "./routes-api.ts";
import { loginRoutes } from "./routes-login.ts";
import { pastRoutes } from "./routes-past.ts";
import { readingRoutes } from "./routes-reading.ts";
import { writingRoutes } from "./routes-writing.ts";
import { sessionOf } from "./session.ts";
import { createWeb, type WebEnv, type WebTools } from "./web.ts";

/** What one session may do; a person pasting as fast as they can stays far below. */
const READS = { burst: 300, perSecond: 30 };

/** @throws Error where it would be open to everybody. */
export function createWebChat(tools: WebTools): Hono {
  if (!tools.isLoopback && (tools.token ?? "") === "")
    throw new Error("the web chat needs WEB_TOKEN on any address but loopback");
  const web = createWeb(tools);
  const app = new Hono<WebEnv>();
  app.use(safeHeaders());
  app.use(async (c, next) => {
    if (tools.isLoopback && !isOwnHost(c.req.header("host")))
      return web.refuse(c, 403, "host", "This server answers to localhost and 127.0.0.1 only.");
    return next();
  });
  app.get("/assets/:hash/:name", (c) => {
    const asset = web.assets.find(c.req.param("hash"), c.req.param("name"));
    if (!asset) return web.missing(c);
    return c.body(asset.body, 200, {
      "Content-Type": asset.type,
      "Cache-Control": "public, max-age=31536000, immutable",
    });
  });
  app.use(
    bodyLimit({
      maxSize: MOST_BYTES,
      onError: (c) => web.refuse(c, 413, "too-large", "That is more than 32 MB. Send the part that matters."),
    }),
  );
  app.use(async (c, next) => {
    c.set("session", sessionOf(c, tools.token));
    return next();
  });
  app.route("/", loginRoutes(web));
  const reads = createLimiter(READS, tools.now);
  app.use(async (c, next) => {
    const wait = reads.take(c.var.session.person);
    if (wait === 0) return next();
    c.header("Retry-After", `${wait}`);
    return web.refuse(c, 429, "too-many", `Too much at once; try again in ${wait} s.`);
  });
  app.route("/api/v1", apiRoutes(web, tools.engine));
  app.route("/", readingRoutes(web));
  app.route("/", pastRoutes(web));
  app.route("/", writingRoutes(web));
  app.all("*", (c) => web.missing(c));
  app.onError((error, c) => {
    tools.failed?.(error);
    if (error instanceof StoreUnavailable)
      return web.problem(
        c,
        503,
        "Not saved",
        "The database can't be reached just now. Nothing was saved; send it again.",
      );
    return web.problem(c, 500, "A fault of ours", "That broke something here, through no fault of yours.");
  });
  return new Hono().route("/", app);
}

/** The HTTP API: the engine for programs, on the page's port and behind its guard. Keeps nothing, logs nothing of it. */
import { type Context, Hono } from "hono";
import type { z } from "zod";
import type { Engine } from "../../api/engine.ts";
import { openApi } from "../../api/openapi.ts";
import { checkRequest, DiagnoseRequest, ExplainRequest, ReadRequest } from "../../api/requests.ts";
import { WrongInput } from "../../api/wrong-input.ts";
import { isSameOrigin, originOf } from "./guard.ts";
import { problemJson } from "./problem-json.ts";
import type { Web, WebEnv } from "./web.ts";

const EXAMPLE = '{"pastes":[{"text":"…"}]}';

export function apiRoutes(web: Web, engine: Engine): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.use(async (c, next) => {
    c.header("Cache-Control", "no-store");
    await next();
  });

  app.get("/openapi.json", (c) => c.json(openApi(web.tools.token !== undefined)));

  app.get("/explain", (c) =>
    answered(c, () => {
      const { words } = checkRequest(ExplainRequest, { words: c.req.query("words") });
      return c.json(engine.explain(words));
    }),
  );

  app.post("/diagnose", (c) =>
    posted(c, web, DiagnoseRequest, ({ pastes, ...known }) => c.json(engine.diagnose(pastes, known).verdict)),
  );

  app.post("/read", (c) =>
    posted(c, web, ReadRequest, ({ pastes }) => c.json(engine.read(pastes).map(({ report }) => report))),
  );

  for (const path of ["/diagnose", "/read"])
    app.all(path, (c) => {
      c.header("Allow", "POST");
      return problemJson(c, 405, "Not allowed", `POST it, as in ${EXAMPLE}.`);
    });
  app.all("*", (c) => problemJson(c, 404, "Nothing here", "There is no such path; /api/v1/openapi.json has them all."));
  return app;
}

/** Checks what was posted, and answers it; a page of another site may not make a browser post. */
async function posted<T extends z.ZodType>(
  c: Context<WebEnv>,
  web: Web,
  schema: T,
  answer: (asked: z.output<T>) => Response,
): Promise<Response> {
  if (!isSameOrigin(originOf(c))) return web.refuse(c, 403, "origin", "That was sent by a page of another site.");
  if (!/^application\/json\s*(?:;|$)/i.test(c.req.header("content-type") ?? ""))
    return problemJson(c, 415, "Not JSON", `Send ${EXAMPLE} with the header Content-Type: application/json.`);
  // The parser's own message quotes the body.
  const body: unknown = await c.req.json().catch(() => undefined);
  if (body === undefined) return problemJson(c, 400, "Not JSON", `The body is no JSON; send ${EXAMPLE}.`);
  return answered(c, () => answer(checkRequest(schema, body)));
}

function answered(c: Context<WebEnv>, answer: () => Response): Response {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof WrongInput)) throw error;
    return problemJson(c, 422, "Can't be used", `${error.message}.`, error.problems);
  }
}

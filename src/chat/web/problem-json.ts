/** Problem details (RFC 9457): how the HTTP API says no. */
import type { Context } from "hono";
import type { Problem } from "../../api/wrong-input.ts";

export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503;

/** Whether the API was asked: its refusals are problem details, whatever is accepted. */
export function isApi(c: Context): boolean {
  return c.req.path.startsWith("/api/");
}

export function problemJson(
  c: Context,
  status: ProblemStatus,
  title: string,
  detail: string,
  problems?: readonly Problem[],
): Response {
  const body = { type: "about:blank", title, status, detail, ...(problems && { problems }) };
  return c.body(JSON.stringify(body), status, {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    ...(status === 401 && { "WWW-Authenticate": "Bearer" }),
  });
}

import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProblemSchema } from "../../src/api/problem-schema.ts";
import type { Refusal } from "../../src/chat/web/guard.ts";
import { ExplanationSchema } from "../../src/domain/explanation-schema.ts";
import { appOnly } from "../chat/web/served.ts";
import { ReadJson, VerdictJson } from "../contract.ts";
import { PLANTED_SECRETS, seenIn } from "../planted-secrets.ts";

const HOST = "127.0.0.1:4500";
const TOKEN = "correct horse battery staple";
const HUB = readFileSync(new URL("../../docs/examples/hub.txt", import.meta.url), "utf8");
const SPOKE = readFileSync(new URL("../../docs/examples/spoke.txt", import.meta.url), "utf8");
const BOTH = { pastes: [{ text: HUB, side: "local" }, { text: SPOKE }] };

type App = Awaited<ReturnType<typeof appOnly>>;
const refused: Refusal[] = [];
const failed: unknown[] = [];
let now = 1_790_000_000_000;
let open: App;
let guarded: App;
beforeAll(async () => {
  const tools = {
    now: () => now,
    refused: (reason: Refusal) => refused.push(reason),
    failed: (error: unknown) => failed.push(error),
  };
  open = await appOnly(tools);
  guarded = await appOnly({ ...tools, token: TOKEN, isLoopback: false });
});
afterAll(async () => {
  await open.close();
  await guarded.close();
});

const get = (path: string, headers: Record<string, string> = {}, { app }: App = open) =>
  app.request(`http://${HOST}/api/v1${path}`, { headers: { host: HOST, ...headers } });

function post(path: string, body: unknown, headers: Record<string, string> = {}, { app }: App = open) {
  // No one caller is slowed down by what the tests before it asked.
  now += 1000;
  return app.request(`http://${HOST}/api/v1${path}`, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { host: HOST, "content-type": "application/json", ...headers },
  });
}

async function problemOf(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem = ProblemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return problem;
}

describe("it answers what the command prints", () => {
  it("diagnose", async () => {
    const response = await post("/diagnose", BOTH);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    const verdict = VerdictJson.parse(await response.json());
    expect(verdict.findings[0]).toMatchObject({ id: "ipsec-proxy-mismatch", certainty: "confirmed" });
    expect(verdict.pastes.map(({ name, side }) => [name, side])).toEqual([
      ["paste 1", "local"],
      ["paste 2", "remote"],
    ]);
  });

  it("diagnose with options, and with nothing at all", async () => {
    const known = { symptom: "one-way", platforms: { remote: "strongswan" }, peer: "198.51.100.7" };
    const some = VerdictJson.parse(await (await post("/diagnose", { ...known, pastes: [{ text: HUB }] })).json());
    for (const ask of some.asks) expect(ask.platform).toBe(ask.side === "local" ? "cisco-ios" : "strongswan");
    const [first] = VerdictJson.parse(await (await post("/diagnose", {})).json()).asks;
    const again = VerdictJson.parse(await (await post("/diagnose", { cannot: [first].map(toCannot) })).json());
    expect(again.asks).not.toContainEqual(expect.objectContaining({ side: first?.side, command: first?.command }));
  });

  it("read", async () => {
    const reports = ReadJson.parse(await (await post("/read", { pastes: [{ name: "hub", text: HUB }] })).json());
    expect(reports.map(({ paste, command }) => [paste, command])).toEqual([
      ["hub", "show crypto isakmp sa"],
      ["hub", "show crypto ipsec sa peer 198.51.100.7"],
      ["hub", "config"],
    ]);
  });

  it("explain", async () => {
    const response = await get(`/explain?words=${encodeURIComponent("stuck in MM_WAIT_MSG4")}`);
    expect(ExplanationSchema.parse(await response.json())).toMatchObject({ kind: "explanation", id: "mm-wait-msg4" });
    expect(ExplanationSchema.parse(await (await get("/explain?words=xyzzy")).json()).kind).toBe("suggestions");
  });

  it("sets no cookie and is not to be cached", async () => {
    for (const response of [await post("/diagnose", {}), await get("/explain?words=dpd"), await get("/openapi.json")]) {
      expect(response.headers.get("set-cookie")).toBeNull();
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    }
  });
});

function toCannot(ask: { side: string; command: string } | undefined) {
  return { side: ask?.side, command: ask?.command };
}

describe("what it can't answer it tells with the place and the remedy", () => {
  it.each<[string, unknown, number, RegExp]>([
    ["no JSON", "HUB#show crypto isakmp sa", 400, /no JSON; send \{"pastes"/],
    ["JSON that is cut", '{"pastes":[{"text":"HUB#', 400, /no JSON/],
    ["a list", [], 422, /the input must be an object/],
    ["a paste that is a text", { pastes: ["HUB#"] }, 422, /\/pastes\/0 must be an object/],
    [
      "an end that is none",
      { pastes: [{ text: "", side: "left" }] },
      422,
      /\/pastes\/0\/side must be one of local, remote/,
    ],
    [
      "a paste that is not text",
      { pastes: [{ text: "\0\u0001\0\0\0\u0002\0\u0007" }] },
      422,
      /\/pastes\/0\/text is not text/,
    ],
  ])("%s", async (_, body, status, words) => {
    const response = await post("/diagnose", body);
    const problem = await problemOf(response);
    expect(response.status).toBe(status);
    expect(problem.detail).toMatch(words);
    if (status === 422) for (const { pointer } of problem.problems ?? []) expect(problem.detail).toContain(pointer);
  });

  it.each<[string, () => Response | Promise<Response>, number, RegExp]>([
    [
      "another type",
      () => post("/read", "x", { "content-type": "text/plain" }),
      415,
      /Content-Type: application\/json/,
    ],
    ["another method", () => get("/diagnose"), 405, /POST it/],
    ["no such path", () => get("/diagnosis"), 404, /openapi\.json/],
    [
      "another version",
      () => open.app.request(`http://${HOST}/api/v9/diagnose`, { headers: { host: HOST } }),
      404,
      /no such/,
    ],
    ["nothing to explain", () => get("/explain"), 422, /\/words is missing/],
    ["blanks to explain", () => get("/explain?words=%20"), 422, /\/words must not be empty/],
  ])("%s", async (_, ask, status, words) => {
    const response = await ask();
    expect([response.status, (await problemOf(response)).detail]).toEqual([status, expect.stringMatching(words)]);
  });

  it("more than 32 MB, before it is read", async () => {
    const response = await post("/diagnose", "x", { "content-length": `${33 * 1024 * 1024}` });
    expect([response.status, (await problemOf(response)).detail]).toEqual([413, expect.stringContaining("32 MB")]);
  });

  it("too much at once", async () => {
    const statuses = [];
    for (let asked = 0; asked < 330; asked += 1) statuses.push(await get("/explain?words=dpd"));
    const last = statuses.at(-1);
    if (last === undefined) throw new Error("nothing was asked");
    expect([statuses[0]?.status, last.status, last.headers.get("retry-after")]).toEqual([200, 429, "1"]);
    await problemOf(last);
    now += 60_000;
  });
});

describe("it is guarded as the page is", () => {
  it("on loopback it answers to this machine's names only", async () => {
    const response = await get("/openapi.json", { host: "evil.example" });
    expect(response.status).toBe(403);
    await problemOf(response);
  });

  it.each<[string, Record<string, string>]>([
    ["another site", { origin: "https://evil.example" }],
    ["another port of this machine", { origin: "http://127.0.0.1:9999" }],
    ["what the browser says is cross-site", { "sec-fetch-site": "cross-site" }],
  ])("takes nothing from %s", async (_, headers) => {
    const response = await post("/diagnose", BOTH, headers);
    expect([response.status, refused.at(-1)]).toEqual([403, "origin"]);
    await problemOf(response);
  });

  it("lets no other site read an answer", async () => {
    const { headers } = await get("/explain?words=dpd", { origin: "https://evil.example" });
    expect(headers.get("access-control-allow-origin")).toBeNull();
    const asked = await open.app.request(`http://${HOST}/api/v1/diagnose`, {
      method: "OPTIONS",
      headers: { host: HOST, origin: "https://evil.example", "access-control-request-method": "POST" },
    });
    expect([asked.status, asked.headers.get("access-control-allow-methods")]).toEqual([405, null]);
  });

  it.each(["/openapi.json", "/explain?words=dpd"])("with a token set, %s wants it", async (path) => {
    const without = await get(path, {}, guarded);
    expect([without.status, without.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    await problemOf(without);
    expect((await get(path, { authorization: "Bearer wrong" }, guarded)).status).toBe(401);
    expect((await get(path, { authorization: `Bearer ${TOKEN}` }, guarded)).status).toBe(200);
  });

  it("with a token set, nothing is read for who does not show it", async () => {
    expect((await post("/diagnose", BOTH, {}, guarded)).status).toBe(401);
    expect((await post("/diagnose", BOTH, { authorization: `Bearer ${TOKEN}` }, guarded)).status).toBe(200);
  });
});

describe("its OpenAPI document", () => {
  it("is valid, and says where a token is needed", async () => {
    for (const [app, headers, needed] of [
      [open, {}, 0],
      [guarded, { authorization: `Bearer ${TOKEN}` }, 1],
    ] as const) {
      const document = (await (await get("/openapi.json", headers, app)).json()) as { security: unknown[] };
      const validator = new Validator();
      expect(await validator.validate(document)).toEqual({ valid: true });
      expect(validator.version).toBe("3.1");
      expect(document.security).toHaveLength(needed);
    }
  });

  it("names every path there is, and schemas that are there", async () => {
    const text = await (await get("/openapi.json")).text();
    const { paths, components } = JSON.parse(text) as { paths: object; components: { schemas: object } };
    expect(Object.keys(paths)).toEqual(["/diagnose", "/read", "/explain", "/openapi.json"]);
    const named = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? "");
    expect(new Set(named)).toEqual(new Set(Object.keys(components.schemas)));
  });
});

it("keeps nothing, and no planted secret is in any answer, refusal or fault", async () => {
  const before = JSON.stringify(await open.store.cases({ chat: "web", limit: 9 }));
  for (const planted of PLANTED_SECRETS) {
    const { text, secret } = planted;
    const bodies = [
      { pastes: [{ text }] },
      text,
      { [text]: text, pastes: [{ text, side: secret }] },
      `{"pastes":[{"text":"${secret}`,
    ];
    const said = [];
    for (const body of bodies)
      for (const path of ["/diagnose", "/read"]) said.push(await (await post(path, body)).text());
    said.push(await (await get(`/explain?words=${encodeURIComponent(text)}`)).text());
    expect(seenIn(said.join("\n"), [planted])).toEqual([]);
  }
  expect(JSON.stringify(await open.store.cases({ chat: "web", limit: 9 }))).toBe(before);
  expect(failed).toEqual([]);
});

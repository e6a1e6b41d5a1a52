import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Refusal } from "../../../src/chat/web/guard.ts";
import { createWebChat } from "../../../src/chat/web/web-chat.ts";
import { HOSTILE_TEXTS } from "../replies.ts";
import { asking, startCase } from "./asking.ts";
import { appOnly } from "./served.ts";
import { shape, wordsOf } from "./shape.ts";

type App = Awaited<ReturnType<typeof appOnly>>;
const refused: Refusal[] = [];
let now = 1_790_000_000_000;
let loopback: App;
let guarded: App;
const TOKEN = "correct horse battery staple";

beforeAll(async () => {
  loopback = await appOnly({ now: () => now, refused: (reason) => refused.push(reason) });
  guarded = await appOnly({
    now: () => now,
    token: TOKEN,
    isLoopback: false,
    refused: (reason) => refused.push(reason),
  });
});
afterAll(async () => {
  await loopback.close();
  await guarded.close();
});

describe("every answer", () => {
  it.each(["/", "/nowhere", "/case/ZZZZ", "/login"])("is strict about what a page may do: %s", async (path) => {
    const { headers } = await asking(loopback.app).get(path);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|data:|blob:/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("has no script, style or handler in the page itself, and names no other server", async () => {
    const browser = asking(loopback.app);
    for (const path of ["/", await startCase(browser, { symptom: "slow" })]) {
      const page = await (await browser.get(path)).text();
      for (const element of shape(page).elements) expect(element).not.toMatch(/\bon\w+|\bstyle|^style\[/);
      expect(page).not.toMatch(/(?:https?:)?\/\/[\w.]/);
      expect(page.match(/<script/g)).toHaveLength(1);
    }
  });

  it("keeps what never changes for a year, at an address that changes with it", async () => {
    const browser = asking(loopback.app);
    const page = await (await browser.get("/")).text();
    const links = [...page.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? "");
    expect(links.map((path) => path.split("/").at(-1)).sort()).toEqual([
      "case.js",
      "composer.js",
      "icon.svg",
      "page.css",
      "page.js",
      "paste.js",
      "sending.js",
    ]);
    for (const path of links) {
      const { status, headers } = await browser.get(path);
      expect(status).toBe(200);
      expect(headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    }
  });
});

describe("on loopback", () => {
  it.each([
    "evil.example",
    "evil.example:4500",
    "127.0.0.1.evil.example",
    "localhost.evil.example:4500",
    "[::1].evil",
    "",
  ])("answers to no other name: %s", async (host) => {
    const response = await loopback.app.request("/", { headers: { host } });
    expect(response.status).toBe(403);
  });
  it.each(["localhost", "localhost:4500", "127.0.0.1:80", "[::1]:4500", "LOCALHOST:1"])(
    "answers to %s",
    async (host) => {
      expect((await loopback.app.request("/", { headers: { host } })).status).toBe(200);
    },
  );
});

describe("a write", () => {
  it.each<[string, Record<string, string>]>([
    ["from another site", { origin: "https://evil.example" }],
    ["from another port of this machine", { origin: "http://127.0.0.1:9999" }],
    ["that the browser says is cross-site", { "sec-fetch-site": "cross-site" }],
    ["that the browser says is of the same site only", { "sec-fetch-site": "same-site" }],
    ["that a person opened from elsewhere", { "sec-fetch-site": "none" }],
    ["from what is no origin", { origin: "nonsense" }],
  ])("is refused %s", async (_, headers) => {
    const response = await asking(loopback.app).post("/cases", { symptom: "slow" }, headers);
    expect(response.status).toBe(403);
    expect(refused.at(-1)).toBe("origin");
  });

  it("is refused without the form's token, or with another session's", async () => {
    const stranger = asking(loopback.app);
    const { form = "" } = await stranger.hidden("/");
    for (const given of ["", "x", form]) {
      const response = await asking(loopback.app).post("/cases", {
        form: given,
        delivery: "delivery-x",
        symptom: "slow",
      });
      expect(response.status).toBe(403);
      expect(refused.at(-1)).toBe("form-token");
    }
  });

  it("is taken from a plain form, which sends the origin null", async () => {
    const response = await asking(loopback.app).post("/cases", { symptom: "slow" }, { origin: "null" });
    expect(response.status).toBe(303);
  });

  it.each<[string, Record<string, string>]>([
    ["a symptom that is none", { symptom: "on-fire" }],
    ["a delivery that is no id", { delivery: "../../x", symptom: "slow" }],
    ["a side that is none", { side: "middle", text: "x" }],
  ])("is refused with %s", async (_, fields) => {
    const browser = asking(loopback.app);
    const response = await browser.post("/cases", { ...(await browser.hidden("/")), ...fields });
    expect(response.status).toBe(400);
  });

  it("is refused where it is no form at all", async () => {
    const browser = asking(loopback.app);
    await browser.get("/");
    const response = await loopback.app.request("http://127.0.0.1:4500/cases", {
      method: "POST",
      body: '{"symptom":"slow"}',
      headers: { host: "127.0.0.1:4500", "content-type": "application/json" },
    });
    expect(response.status).toBe(403);
  });

  it("of more than 32 MB is refused before it is read", async () => {
    const browser = asking(loopback.app);
    const response = await browser.post("/cases", { text: "x".repeat(33 * 1024 * 1024) });
    expect(response.status).toBe(413);
    expect(refused.at(-1)).toBe("too-large");
  });

  it("is taken as often as people can, and not as a machine could", async () => {
    const browser = asking(loopback.app);
    const at = await startCase(browser, { symptom: "slow" });
    const hidden = await browser.hidden(at);
    const statuses = [];
    for (let i = 0; i < 80; i += 1)
      statuses.push((await browser.post(`${at}/say`, { ...hidden, text: "so far" })).status);
    expect(statuses.slice(0, 50)).toEqual(Array(50).fill(303));
    expect(statuses.at(-1)).toBe(429);
    now += 60_000;
    expect((await browser.post(`${at}/say`, { ...hidden, text: "why" })).status).toBe(303);
  });
});

describe("with an access token", () => {
  it("refuses to be open to everybody on another address", () => {
    const { bot, store, engine, handOff } = loopback;
    const words = { explain: () => ({ blocks: [] }), known: () => [] };
    const tools = { bot, cases: store, look: bot.look, engine, handOff, ...words, isLoopback: false, now: Date.now };
    expect(() => createWebChat(tools)).toThrow("WEB_TOKEN");
    expect(() => createWebChat({ ...tools, token: "" })).toThrow("WEB_TOKEN");
  });

  it.each(["/", "/case/7F3K", "/case/7F3K/paste/x"])("shows the login only: %s", async (path) => {
    const response = await asking(guarded.app).get(path);
    expect([response.status, response.headers.get("location")]).toEqual([303, "/login"]);
  });

  it.each(["/", "/case/7F3K/parts?after=0", "/case/7F3K/events", "/case/7F3K/tree.mmd"])(
    "tells programs to log in: %s",
    async (path) => {
      expect((await asking(guarded.app).get(path, { accept: "application/json" })).status).toBe(401);
    },
  );

  it("lets in with the token, by a cookie that no script can read and no other site sends", async () => {
    const browser = asking(guarded.app);
    const response = await browser.post("/login", { token: TOKEN });
    expect(response.status).toBe(303);
    const cookies = response.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly.*SameSite=Strict|SameSite=Strict.*HttpOnly/);
    expect(cookies.join()).not.toContain(TOKEN);
    expect((await browser.get("/")).status).toBe(200);
    await browser.post("/logout", {});
    expect((await browser.get("/")).status).toBe(303);
  });

  it("gives a new session at the login, so that one planted before is worth nothing", async () => {
    const browser = asking(guarded.app);
    await browser.get("/login");
    const before = browser.cookies.get("tunnelmedic_session");
    await browser.post("/login", { token: TOKEN });
    const planted = asking(guarded.app);
    planted.cookies.set("tunnelmedic_session", before ?? "");
    planted.cookies.set("tunnelmedic_login", browser.cookies.get("tunnelmedic_login") ?? "");
    expect((await planted.get("/")).status).toBe(303);
  });

  it("lets no wrong token in, and no more than a few tries", async () => {
    now += 3_600_000;
    const browser = asking(guarded.app);
    const statuses = [];
    for (let i = 0; i < 12; i += 1) statuses.push((await browser.post("/login", { token: `guess ${i}` })).status);
    expect(statuses.slice(0, 8)).toEqual(Array(8).fill(401));
    expect(statuses.slice(8)).toEqual(Array(4).fill(429));
    expect((await browser.post("/login", { token: TOKEN })).status).toBe(429);
    now += 60_000;
    expect((await browser.post("/login", { token: TOKEN })).status).toBe(303);
  });

  it("takes the token as a Bearer from scripts, which need no form token", async () => {
    const headers = { authorization: `Bearer ${TOKEN}`, accept: "application/json", host: "bot.example" };
    const body = new URLSearchParams({ delivery: "delivery-script", symptom: "slow" });
    const response = await guarded.app.request("/cases", { method: "POST", body, headers });
    expect(await response.json()).toMatchObject({ outcome: "taken", turn: 1 });
    const wrong = { ...headers, authorization: "Bearer guess" };
    expect((await guarded.app.request("/cases", { method: "POST", body, headers: wrong })).status).toBe(401);
  });
});

describe("pasted text", () => {
  it("never becomes markup, wherever it shows up", async () => {
    const plain = asking(loopback.app);
    const expected = await everyPage(plain, "nothing special");
    for (const words of HOSTILE_TEXTS) {
      now += 60_000;
      const browser = asking(loopback.app);
      const pages = await everyPage(browser, words.replace(/[\r\n\u2028`]/g, " "));
      expect(pages).toEqual(expected);
    }
  });

  /** The elements of each page of a case in which the words are typed, pasted, and the name of a file. */
  async function everyPage(browser: ReturnType<typeof asking>, words: string): Promise<string[][]> {
    const at = await startCase(browser, { symptom: "slow" });
    const log = `HUB#show crypto isakmp sa\ndst src state conn-id status\n${words}\n198.51.100.7 203.0.113.1 QM_IDLE 1 ACTIVE\nHUB#`;
    await browser.post(`${at}/say`, { files: new File([log], `${words.replace(/[/\\]/g, "")}.txt`) });
    const page = await (await browser.get(at)).text();
    expect(wordsOf(page)).toContain("show crypto isakmp sa");
    const paste = /href="([^"]+)" data-line dir="auto"/.exec(page)?.[1] ?? "";
    const lines = await (await browser.get(paste.replaceAll("&#39;", "'").replaceAll("&amp;", "&"))).text();
    return [page, lines].map((text) => {
      expect(text).not.toMatch(/<(?:script>|img src=x|svg onload)/);
      return shape(text).unclosed as string[];
    });
  }
});

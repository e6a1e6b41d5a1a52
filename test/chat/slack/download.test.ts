import { describe, expect, it } from "vitest";
import { type DownloadTools, download, MOST_BYTES } from "../../../src/chat/slack/download.ts";

const API = "https://slack.com/api/";
const FILE = {
  id: "F1",
  name: "hub.txt",
  mimetype: "text/plain",
  url_private_download: "https://files.slack.com/files-pri/T1-F1/hub.txt",
};

function tools(
  answer: (url: string, init: RequestInit) => Response,
): DownloadTools & { asked: [string, RequestInit][] } {
  const asked: [string, RequestInit][] = [];
  const fake = async (url: unknown, init: RequestInit = {}) => {
    asked.push([String(url), init]);
    return answer(String(url), init);
  };
  return { token: "xoxb-secret", apiUrl: API, fetch: fake as typeof fetch, asked };
}
const text = (body: string | Uint8Array, type = "text/plain") =>
  new Response(body as string, { headers: { "content-type": type } });

describe("a file", () => {
  it("is fetched from Slack with the token, following no redirect", async () => {
    const given = tools(() => text("show crypto isakmp sa"));
    expect(await download(FILE, given)).toEqual({ ok: true, file: { name: "hub.txt", text: "show crypto isakmp sa" } });
    const [[url, init] = ["", {}]] = given.asked;
    expect(url).toBe(FILE.url_private_download);
    expect(init.redirect).toBe("manual");
    expect(new Headers(init.headers).get("authorization")).toBe("Bearer xoxb-secret");
  });

  it.each([
    "https://files.slack.com.example.org/x",
    "https://example.org/slack.com",
    "http://files.slack.com/x",
    "https://evilslack.com/x",
    "file:///etc/passwd",
    "http://169.254.169.254/latest/meta-data",
    "not a url",
  ])("is not fetched from elsewhere: %s", async (url) => {
    const given = tools(() => text("x"));
    expect(await download({ ...FILE, url_private_download: url }, given)).toMatchObject({ ok: false });
    expect(given.asked).toEqual([]);
  });

  it("that is a login page is not taken for the file", async () => {
    const page = '<!DOCTYPE html><html lang="en"><title>Sign in</title>';
    expect(
      await download(
        FILE,
        tools(() => text(page, "text/html; charset=utf-8")),
      ),
    ).toMatchObject({
      ok: false,
      forUs: expect.stringContaining("files:read"),
    });
    expect(
      await download(
        FILE,
        tools(() => text(`  ${page}`)),
      ),
    ).toMatchObject({ ok: false });
    expect(
      await download(
        { ...FILE, mimetype: "text/html" },
        tools(() => text(page, "text/html")),
      ),
    ).toMatchObject({ ok: true });
  });

  it("that leads elsewhere, or is refused, is not had, and the person is told", async () => {
    const moved = () => new Response(null, { status: 302, headers: { location: "https://example.org/" } });
    const given = tools(moved);
    expect(await download(FILE, given)).toMatchObject({ ok: false, why: expect.stringContaining("does not give me") });
    expect(given.asked).toHaveLength(1);
    expect(
      await download(
        FILE,
        tools(() => new Response("no", { status: 403 })),
      ),
    ).toMatchObject({ ok: false });
    const broken = () => {
      throw new TypeError("fetch failed for xoxb-secret");
    };
    expect(JSON.stringify(await download(FILE, tools(broken)))).not.toContain("xoxb");
  });

  it("that is too large is not read, whatever Slack says of its size", async () => {
    const given = tools(() => text("x"));
    expect(await download({ ...FILE, size: MOST_BYTES + 1 }, given)).toMatchObject({
      ok: false,
      why: expect.stringContaining("32 MB"),
    });
    expect(given.asked).toEqual([]);
    const endless = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            controller.enqueue(new Uint8Array(1024 * 1024));
          },
        }),
      );
    expect(await download({ ...FILE, size: 5 }, tools(endless))).toMatchObject({
      ok: false,
      why: expect.stringContaining("32 MB"),
    });
  });

  it("that comes only in part, is a picture, or is not kept by Slack is said to be so", async () => {
    expect(
      await download(
        { ...FILE, size: 100 },
        tools(() => text("short")),
      ),
    ).toMatchObject({ ok: false, why: expect.stringContaining("in part") });
    expect(
      await download(
        { ...FILE, mimetype: "image/png" },
        tools(() => text("x")),
      ),
    ).toMatchObject({ ok: false, why: expect.stringContaining("picture") });
    expect(
      await download(
        { id: "F1", name: "x" },
        tools(() => text("x")),
      ),
    ).toMatchObject({ ok: false });
  });

  it("of a channel that two companies share comes as an id only, and is asked for by it", async () => {
    const stub = { id: "F1", file_access: "check_file_info" };
    const given = { ...tools(() => text("show crypto isakmp sa")), info: async (id: string) => ({ ...FILE, id }) };
    expect(await download(stub, given)).toEqual({ ok: true, file: { name: "hub.txt", text: "show crypto isakmp sa" } });
    const refusing = {
      ...given,
      info: async () => {
        throw new Error("ratelimited");
      },
    };
    expect(await download(stub, refusing)).toMatchObject({ ok: false, why: expect.stringContaining("just now") });
  });

  it("is read in the encoding that it begins with", async () => {
    const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from("HUB#", "utf16le")]);
    expect(
      await download(
        FILE,
        tools(() => text(utf16)),
      ),
    ).toMatchObject({ file: { text: "HUB#" } });
    const utf8 = new Uint8Array([0xef, 0xbb, 0xbf, ...Buffer.from("grün")]);
    expect(
      await download(
        FILE,
        tools(() => text(utf8)),
      ),
    ).toMatchObject({ file: { text: "grün" } });
  });
});

/** The REST side: routes by pattern, authorisation, multipart, rate limits and faults; an unknown route is a problem. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { NewFile } from "./messages.ts";
import type { World } from "./world.ts";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly NewFile[];
}

export interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** Whether the bot's token must come along. */
  readonly needsToken: boolean;
  readonly answer: (call: Call) => object | undefined | Promise<object | undefined>;
}

/** Thrown by routes; sent as Discord's error body. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface Fault {
  readonly method?: string;
  readonly path: RegExp;
  /** How many calls it befalls; 1 where not said. */
  times?: number;
  readonly does:
    | { readonly type: "429"; readonly scope: "user" | "global"; readonly afterMs: number }
    | { readonly type: "500" }
    /** Done, and then an error or no answer at all. */
    | { readonly type: "500-after" | "cut-after" }
    | { readonly type: "wait"; readonly ms: number }
    | { readonly type: "refuse"; readonly status: number; readonly code: number };
}

/** Bytes of one request. */
const MOST_BYTES = 25 * 1024 * 1024;
const MOST_FILE_BYTES = 10 * 1024 * 1024;
const Payload = z.record(z.string(), z.unknown());

export class Rest {
  readonly calls: { readonly method: string; readonly path: string; readonly at: number; readonly status: number }[] =
    [];
  readonly faults: Fault[] = [];
  private readonly routes: readonly Route[];
  private readonly world: World;
  private readonly token: string;

  constructor(world: World, token: string, routes: readonly Route[]) {
    this.world = world;
    this.token = token;
    this.routes = routes;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://peer");
    if (url.pathname.startsWith("/attachments/")) return this.download(url, response);
    const path = decodeURIComponent(url.pathname.replace(/^\/api\/v10/, ""));
    const method = request.method ?? "GET";
    const fault = this.faultFor(method, path);
    const done = (status: number, body?: object, headers: Readonly<Record<string, string>> = {}) => {
      this.calls.push({ method, path, at: Date.now(), status });
      response.writeHead(status, { ...(body !== undefined && { "content-type": "application/json" }), ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    try {
      const raw = await bytesOf(request);
      if (fault?.type === "wait") await new Promise((resolve) => setTimeout(resolve, fault.ms));
      if (fault?.type === "429") return limited(fault, done);
      if (fault?.type === "500") return done(500, { message: "500: Internal Server Error", code: 0 });
      if (fault?.type === "refuse") throw new Refusal(fault.status, fault.code, "refused by the test");
      const body = await this.answer(request, { method, path, query: url.searchParams, raw });
      if (fault?.type === "500-after") return done(500, { message: "500: Internal Server Error", code: 0 });
      if (fault?.type === "cut-after") return void request.socket.destroy();
      done(body === undefined ? 204 : 200, body, {
        "x-ratelimit-limit": "50",
        "x-ratelimit-remaining": "49",
        "x-ratelimit-reset-after": "1",
        "x-ratelimit-bucket": method,
      });
    } catch (error) {
      if (!(error instanceof Refusal)) {
        this.world.honesty.note(
          `the peer breaks on ${method} ${path}: ${error instanceof Error ? error.stack : error}`,
        );
        return done(500, { message: "the peer broke", code: 0 });
      }
      const refused = { message: error.message, code: error.code };
      done(error.status, this.world.honesty.sends("ErrorResponseSchema", refused));
    }
  }

  private async answer(
    request: IncomingMessage,
    { method, path, query, raw }: Pick<Call, "method" | "path" | "query"> & { readonly raw: Buffer },
  ): Promise<object | undefined> {
    for (const route of this.routes) {
      const match = route.method === method ? route.path.exec(path) : null;
      if (!match) continue;
      const auth = request.headers.authorization;
      if (route.needsToken && auth !== `Bot ${this.token}`) throw new Refusal(401, 0, "401: Unauthorized");
      if (!route.needsToken && auth !== undefined)
        this.world.honesty.note(`the bot sends its token along to ${method} ${path}, where it has no place`);
      const { body, files } = await bodyOf(request, raw);
      return route.answer({ method, path, query, body, files, params: match.slice(1) });
    }
    this.world.honesty.note(`unknown route: ${method} ${path}`);
    throw new Refusal(404, 0, "404: Not Found");
  }

  private faultFor(method: string, path: string): Fault["does"] | undefined {
    const index = this.faults.findIndex((one) => (one.method ?? method) === method && one.path.test(path));
    const fault = this.faults[index];
    if (!fault) return undefined;
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) this.faults.splice(index, 1);
    return fault.does;
  }

  private download(url: URL, response: ServerResponse): void {
    const file = this.world.files.get(url.pathname.split("/")[3] ?? "");
    const isFresh = file !== undefined && file.until > this.world.clock.now();
    this.calls.push({ method: "GET", path: url.pathname, at: Date.now(), status: isFresh ? 200 : 404 });
    if (!isFresh) {
      response.writeHead(404, { "content-type": "text/plain" }).end("This content is no longer available.");
      return;
    }
    response.writeHead(200, { "content-type": file.type ?? "application/octet-stream" }).end(file.bytes);
  }
}

function limited(
  { scope, afterMs }: Extract<Fault["does"], { type: "429" }>,
  done: (status: number, body: object, headers: Readonly<Record<string, string>>) => void,
): void {
  const seconds = afterMs / 1000;
  const isGlobal = scope === "global";
  done(
    429,
    { message: "You are being rate limited.", retry_after: seconds, global: isGlobal },
    {
      "retry-after": String(Math.ceil(seconds)),
      "x-ratelimit-scope": scope,
      ...(isGlobal
        ? { "x-ratelimit-global": "true" }
        : {
            "x-ratelimit-limit": "5",
            "x-ratelimit-remaining": "0",
            "x-ratelimit-reset-after": String(seconds),
            "x-ratelimit-bucket": "b",
          }),
    },
  );
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const whole = Buffer.concat(parts);
  if (whole.length > MOST_BYTES) throw new Refusal(413, 40005, "Request entity too large");
  return whole;
}

/** JSON, or multipart with `payload_json` and `files[n]`. */
async function bodyOf(request: IncomingMessage, raw: Buffer): Promise<{ body: unknown; files: NewFile[] }> {
  const type = request.headers["content-type"] ?? "";
  if (raw.length === 0) return { body: undefined, files: [] };
  if (!type.startsWith("multipart/form-data")) return { body: JSON.parse(String(raw)) as unknown, files: [] };
  const form = await new Response(new Uint8Array(raw), { headers: { "content-type": type } }).formData();
  const files: NewFile[] = [];
  for (const [field, value] of form.entries()) {
    if (typeof value === "string") continue;
    if (!/^files\[\d\]$/.test(field)) throw new Refusal(400, 50035, `Invalid Form Body: ${field}`);
    if (value.size > MOST_FILE_BYTES) throw new Refusal(413, 40005, "Request entity too large");
    files.push({ name: value.name, bytes: new Uint8Array(await value.arrayBuffer()), type: value.type || undefined });
  }
  const payload = form.get("payload_json");
  return { body: typeof payload === "string" ? Payload.parse(JSON.parse(payload)) : {}, files };
}

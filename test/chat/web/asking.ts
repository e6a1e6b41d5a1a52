/** Asks the page as a browser does, without one: keeps cookies, and sends forms with what stands hidden in them. */
import type { Hono } from "hono";

export interface Asking {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends a form as a page of ours would; `headers` overrides what a test is about. */
  post(path: string, fields: Record<string, string | File>, headers?: Record<string, string>): Promise<Response>;
  /** The hidden fields of the forms on a page. */
  hidden(path: string): Promise<Record<string, string>>;
  readonly cookies: Map<string, string>;
}

const HOST = "127.0.0.1:4500";
let deliveries = 0;

export function asking(app: Hono): Asking {
  const cookies = new Map<string, string>();
  async function ask(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers({ host: HOST, accept: "text/html", ...(init.headers as Record<string, string>) });
    if (cookies.size > 0) headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await app.request(`http://${HOST}${path}`, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split("=");
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }
  const one: Asking = {
    cookies,
    get: (path, headers = {}) => ask(path, { headers }),
    async hidden(path) {
      const page = await (await one.get(path)).text();
      const token = /name="form" value="([^"]+)"/.exec(page)?.[1] ?? "";
      deliveries += 1;
      return { form: token, delivery: `delivery-${deliveries}` };
    },
    async post(path, fields, headers = {}) {
      const body = new FormData();
      const login = path === "/login" || path === "/logout";
      const all = { ...(fields["form"] === undefined ? await one.hidden(login ? "/login" : "/") : {}), ...fields };
      for (const [name, value] of Object.entries(all)) body.append(name, value);
      return ask(path, {
        method: "POST",
        body,
        headers: { origin: `http://${HOST}`, "sec-fetch-site": "same-origin", ...headers },
      });
    },
  };
  return one;
}

/** Starts a case; its address. */
export async function startCase(browser: Asking, fields: Record<string, string | File> = {}): Promise<string> {
  const response = await browser.post("/cases", fields);
  return (response.headers.get("location") ?? "").replace(/#.*/, "");
}

/** The JSON of an answer, taken to be what the test expects of it. */
export async function bodyOf<T>(response: Response | Promise<Response>): Promise<T> {
  return (await (await response).json()) as T;
}

/** What `/case/…/parts` answers. */
export interface Parts {
  readonly version: string;
  readonly last: number;
  readonly turns: string;
  readonly parts: Readonly<Record<string, { readonly key: string; readonly html: string }>>;
}

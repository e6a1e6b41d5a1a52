/** What every request has to pass, and what every answer carries. */
import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/** Why a request was refused, for logs: nothing that was sent. */
export type Refusal =
  | "host"
  | "origin"
  | "form-token"
  | "not-logged-in"
  | "wrong-token"
  | "too-many"
  | "too-large"
  | "input";

/** Nothing but what we serve ourselves, and nothing inline. */
export function safeHeaders(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    crossOriginOpenerPolicy: "same-origin",
    crossOriginResourcePolicy: "same-origin",
    crossOriginEmbedderPolicy: "require-corp",
    referrerPolicy: "no-referrer",
    xFrameOptions: "DENY",
    strictTransportSecurity: false,
    xXssProtection: false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
    // The tree's picture has a policy of its own.
    overwrite: false,
  });
}

/**
 * On loopback the only names are this machine's: a page elsewhere whose name was made to point here (DNS rebinding) is
 * sent under another one.
 */
export function isOwnHost(host: string | undefined): boolean {
  if (host === undefined) return false;
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i.test(host);
}

/**
 * Whether a write comes from a page of ours, as far as the browser tells. A plain form under `no-referrer` is sent with
 * the origin "null"; then the fetch metadata tells, and where a browser sends none (plain HTTP on another address), the
 * form token alone.
 */
export function isSameOrigin(headers: {
  readonly origin: string | undefined;
  readonly host: string | undefined;
  readonly fetchSite: string | undefined;
}): boolean {
  const { origin, host, fetchSite } = headers;
  if (fetchSite !== undefined && fetchSite !== "same-origin") return false;
  if (origin === undefined || origin === "null") return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** What the browser tells of where a request comes from. */
export function originOf(c: { req: { header(name: string): string | undefined } }) {
  return {
    origin: c.req.header("origin"),
    host: c.req.header("host"),
    fetchSite: c.req.header("sec-fetch-site"),
  };
}

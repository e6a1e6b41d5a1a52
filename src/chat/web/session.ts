/**
 * Who somebody is on the web: a random id in a cookie. What is derived from it (the person's id, the form token, the
 * proof of a login) needs no memory of ours, so it holds across restarts and replicas.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { isApi } from "./problem-json.ts";

export interface Session {
  /** The person's id in cases: it does not tell the cookie. */
  readonly person: string;
  /** What each form of this session sends along; nobody else can know it. */
  readonly formToken: string;
  /** Whether the access token was shown; true where none is needed. */
  readonly isLoggedIn: boolean;
  /** Came with the token in a header: a script, which no other site can make a browser send. */
  readonly isScript: boolean;
}

const SESSION = "tunnelmedic_session";
const LOGIN = "tunnelmedic_login";
const YEAR = 365 * 24 * 60 * 60;
const WEEK = 7 * 24 * 60 * 60;
const SESSION_ID = /^[\w-]{43}$/;

/**
 * The session of a request; a new one where it has none, which programs that ask the API do not keep. `token`: WEB_TOKEN,
 * where one is set.
 */
export function sessionOf(c: Context, token: string | undefined): Session {
  const bearer = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (bearer !== undefined && token !== undefined && sameText(bearer, token))
    return { person: "script", formToken: "", isLoggedIn: true, isScript: true };
  const given = getCookie(c, SESSION);
  const isKnown = given !== undefined && SESSION_ID.test(given);
  if (!isKnown && isApi(c))
    return { person: "script", formToken: "", isLoggedIn: token === undefined, isScript: false };
  const id = isKnown ? given : startSession(c);
  const proof = getCookie(c, LOGIN);
  const isLoggedIn = token === undefined || (proof !== undefined && sameText(proof, proofOf(id, token)));
  return { ...derived(id), isLoggedIn, isScript: false };
}

/** After the right token: a new id, so that one that somebody else may know is worth nothing, and the proof for it. */
export function logIn(c: Context, token: string): void {
  const id = startSession(c);
  setCookie(c, LOGIN, proofOf(id, token), { ...cookieOptions(c), maxAge: WEEK });
}

export function logOut(c: Context): void {
  setCookie(c, LOGIN, "", { ...cookieOptions(c), maxAge: 0 });
  setCookie(c, SESSION, "", { ...cookieOptions(c), maxAge: 0 });
}

/** Compares in a time that tells nothing of either text. */
export function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function startSession(c: Context): string {
  const id = randomBytes(32).toString("base64url");
  setCookie(c, SESSION, id, { ...cookieOptions(c), maxAge: YEAR });
  return id;
}

function cookieOptions(c: Context) {
  const secure = new URL(c.req.url).protocol === "https:" || c.req.header("x-forwarded-proto") === "https";
  return { httpOnly: true, sameSite: "Strict", path: "/", secure } as const;
}

function derived(id: string): Pick<Session, "person" | "formToken"> {
  const of = (purpose: string) => createHash("sha256").update(`${purpose} ${id}`).digest("base64url");
  return { person: `web-${of("person").slice(0, 16)}`, formToken: of("form") };
}

function proofOf(id: string, token: string): string {
  return createHmac("sha256", token).update(`login ${id}`).digest("base64url");
}

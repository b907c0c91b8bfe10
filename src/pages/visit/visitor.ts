import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { PagesOptions } from "../../service/serve.ts";
import type { Protection } from "../../service/protection/protection.ts";

/** What somebody who looks at the pages may do. */
export interface Visitor {
  /** Whether a valid token came with the request. */
  readonly isSignedIn: boolean;
  /** May see figures, products and lists. */
  readonly mayRead: boolean;
  /** May see what users did. */
  readonly maySeeHistories: boolean;
  /** May send events, as the demo of a shop does. */
  readonly maySendEvents: boolean;
  /** May change products, and which artifact is served. */
  readonly mayChange: boolean;
}

/** The cookie that holds the token; scripts can't read it, other sites can't make it be sent. */
const COOKIE = "recommender_token";

/** Names of this machine, in the header `Host` and as an address to listen on. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/** Whether only programs of this machine reach an address. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/**
 * What a visitor may do: as much as their token allows in the API. Without any tokens, a service
 * that only this machine reaches shows histories and takes the demo's events, but changes nothing
 * else. It does so only under a name of this machine: another site's name may lead here, too.
 */
export function visitorOf(
  context: Context,
  { tokens }: Protection,
  { host }: Pick<PagesOptions, "host">,
): Visitor {
  const caller = tokens.callerOf(withToken(context));
  const isOwn = isLoopback(host) && isLoopback(new URL(context.req.url).hostname) &&
    tokens.readsAreOpen && !tokens.anyMayManage;
  const mayChange = caller?.mayManage ?? false;
  return {
    isSignedIn: caller !== undefined,
    mayRead: tokens.readsAreOpen || caller !== undefined,
    maySeeHistories: mayChange || isOwn,
    maySendEvents: mayChange || isOwn,
    mayChange,
  };
}

/** The request with the cookie's token as a client of the API sends it. */
export function withToken(context: Context): Request {
  const { url, method, headers } = context.req.raw;
  const token = getCookie(context, COOKIE);
  if (token === undefined) return context.req.raw;
  const sent = new Headers(headers);
  sent.set("authorization", `Bearer ${token}`);
  return new Request(url, { method, headers: sent });
}

/** Whether a text is one of the service's tokens. */
export function isToken(text: string, { tokens }: Protection): boolean {
  // Anything else can't be a header.
  if (!/^[\x21-\x7e]+$/.test(text)) return false;
  const headers = { authorization: `Bearer ${text}` };
  return tokens.callerOf(new Request("http://pages/", { headers })) !== undefined;
}

/** Keeps a token in the browser until it is closed. */
export function keepToken(context: Context, token: string): void {
  setCookie(context, COOKIE, token, { ...cookieOptions(context), httpOnly: true });
}

/** Makes the browser forget the token. */
export function forgetToken(context: Context): void {
  deleteCookie(context, COOKIE, cookieOptions(context));
}

function cookieOptions(context: Context) {
  const isSecure = new URL(context.req.url).protocol === "https:" ||
    context.req.header("x-forwarded-proto") === "https";
  return { path: "/", sameSite: "Strict", secure: isSecure } as const;
}

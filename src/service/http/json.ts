import { createHash } from "node:crypto";
import { varying } from "./compression.ts";
import { jsonText } from "./json_text.ts";
import { ifNoneMatch, STATUS_CODE } from "../../base/std/http.ts";

/** Characters of an ETag: 162 bits, so that no two answers share one. */
const TAG_LENGTH = 27;

/** `Cache-Control` of an answer; caches that may store it must revalidate it each time. */
export type Caching = "private, no-cache" | "public, no-cache" | "no-store";

/** Answers with JSON. */
export function jsonResponse(
  value: unknown,
  caching: Caching,
  status: number = STATUS_CODE.OK,
): Response {
  return textResponse(jsonText(value), caching, status);
}

/** Answers with JSON and an ETag, or with 304 and no body if the client has that ETag already. */
export function revalidatedJson(request: Request, value: unknown, caching: Caching): Response {
  return revalidatedText(request, taggedJson(value), caching);
}

/** JSON text and its ETag. */
export interface TaggedText {
  readonly body: string;
  readonly etag: string;
}

/** A value as JSON, with its ETag. */
export function taggedJson(value: unknown): TaggedText {
  const body = jsonText(value);
  return { body, etag: tagOf(body) };
}

/** As {@linkcode revalidatedJson}, for JSON that is text already. */
export function revalidatedText(
  request: Request,
  { body, etag }: TaggedText,
  caching: Caching,
): Response {
  const response = textResponse(body, caching);
  response.headers.append("etag", etag);
  return unlessSame(request, response);
}

/** The answer, or 304 without a body if the client has its ETag already. */
export function unlessSame(request: Request, response: Response): Response {
  const held = request.headers.get("if-none-match");
  if (held === null) return response;
  const { headers } = response;
  if (ifNoneMatch(held, headers.get("etag") ?? undefined)) return response;
  return new Response(null, { status: STATUS_CODE.NotModified, headers });
}

/**
 * An ETag that depends on the text alone. Hashes synchronously, which is much faster for short
 * texts.
 */
export function tagOf(text: string): string {
  return `"${createHash("sha256").update(text).digest("base64url").slice(0, TAG_LENGTH)}"`;
}

const JSON_TYPE = { "content-type": "application/json" };

/**
 * Starts an answer with its type alone and appends the other headers: started with several, Deno
 * also allocates a native answer, which takes several times as long.
 */
function textResponse(body: string, caching: Caching, status?: number): Response {
  const response = new Response(body, { status, headers: JSON_TYPE });
  response.headers.append("cache-control", caching);
  const { vary } = varying(body.length);
  if (vary !== undefined) response.headers.append("vary", vary);
  return response;
}

// @ts-types="./std_http.d.ts"
import { eTag, ifNoneMatch } from "@std/http/etag";
// @ts-types="./std_http.d.ts"
import { STATUS_CODE } from "@std/http/status";
import { jsonText } from "./json_text.ts";

/** Who may keep an answer, as `Cache-Control` says it; whoever does asks each time if it still holds. */
export type Caching = "private, no-cache" | "public, no-cache" | "no-store";

/** Answers with JSON. */
export function jsonResponse(
  value: unknown,
  caching: Caching,
  status: number = STATUS_CODE.OK,
): Response {
  return new Response(jsonText(value), { status, headers: jsonHeaders(caching) });
}

/** Answers with JSON and an ETag, or with 304 and no body if the client has the very same already. */
export async function revalidatedJson(
  request: Request,
  value: unknown,
  caching: Caching,
): Promise<Response> {
  const body = jsonText(value);
  const headers = { ...jsonHeaders(caching), etag: await eTag(body) };
  if (ifNoneMatch(request.headers.get("if-none-match"), headers.etag)) {
    return new Response(body, { headers });
  }
  return new Response(null, { status: STATUS_CODE.NotModified, headers });
}

function jsonHeaders(caching: Caching): Record<string, string> {
  return { "content-type": "application/json", "cache-control": caching };
}

import { STATUS_CODE } from "../../base/std/http.ts";

/** A browser that shows an answer as a page may load and run nothing. */
const PAGE_HEADERS = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
} as const;

/**
 * Forbids browsers to guess another content type, and restricts what an answer may do that they
 * could show as a page, unless it has a policy of its own. JSON needs none: with its type
 * respected, it is never a page.
 *
 * JSON is sent in chunks, because Deno 2.9 then sends head and body in one write. With a content
 * length it takes two writes, which cost the system twice the work and wake the client twice. Deno
 * drops the header for HTTP/1.0 and HTTP/2, which have no chunks.
 */
export function completeHeaders({ method }: Request, { headers, status }: Response): void {
  headers.append("x-content-type-options", "nosniff");
  if (headers.get("content-type") === "application/json") {
    if (status === STATUS_CODE.OK && method !== "HEAD") {
      headers.append("transfer-encoding", "chunked");
    }
    return;
  }
  for (const [name, value] of Object.entries(PAGE_HEADERS)) {
    if (!headers.has(name)) headers.set(name, value);
  }
}

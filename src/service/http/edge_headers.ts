import { STATUS_CODE } from "../../base/std/http.ts";

/** What a browser that shows an answer as a page may do with it: nothing. */
const PAGE_HEADERS = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
} as const;

/**
 * Says that an answer is what its type says, and of whatever a browser could show as a page what that may do, unless
 * the answer says it. JSON is data and no page, wherever its type is believed.
 *
 * JSON is sent in chunks: Deno 2.9 then sends head and body at once. Where it tells the length it sends them one after
 * the other, which takes the system twice the work and the client twice the waking. Where chunks aren't known, in
 * HTTP/1.0 and HTTP/2, it leaves the header out.
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

import { varying } from "../../../http/compression.ts";
import { tagOf, unlessSame } from "../../../http/json.ts";

/** Scripts and requests from this service only; Swagger UI sets styles and inlines small images. */
const PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Answers with a file of the documentation, or with 304 if the client has it already. */
export function answerFile(request: Request, text: string, type: string): Response {
  const headers = {
    "content-type": type,
    "cache-control": "public, no-cache",
    "content-security-policy": PAGE_POLICY,
    etag: tagOf(text),
    ...varying(text.length),
  };
  return unlessSame(request, new Response(text, { headers }));
}

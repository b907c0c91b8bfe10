/** Origins whose pages may read answers, for example `https://shop.example.com`; `*` for any. */
export type CorsOrigins = readonly string[];

const PREFLIGHT_SECONDS = 600;

/**
 * Adds the CORS headers that let pages of other origins read an answer, and to the answer of a
 * preflight those that say what they may send. Adds nothing if no origin is allowed.
 */
export function addCors(request: Request, { headers }: Response, origins: CorsOrigins): void {
  if (origins.length === 0) return;
  const isAny = origins.includes("*");
  if (!isAny) headers.append("vary", "origin");
  const origin = request.headers.get("origin");
  if (origin === null || !(isAny || origins.includes(origin))) return;
  headers.set("access-control-allow-origin", isAny ? "*" : origin);
  headers.set(
    "access-control-expose-headers",
    "etag, retry-after, x-list-id, x-request-id, x-unavailable",
  );
  if (!isPreflight(request)) return;
  headers.set("access-control-allow-methods", headers.get("allow") ?? "");
  headers.set(
    "access-control-allow-headers",
    "authorization, content-type, if-none-match, x-request-id",
  );
  headers.set("access-control-max-age", String(PREFLIGHT_SECONDS));
}

function isPreflight({ method, headers }: Request): boolean {
  return method === "OPTIONS" && headers.has("access-control-request-method");
}

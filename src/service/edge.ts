import type { Handler } from "./http.ts";
import { problemResponse } from "./problem.ts";
import { addCors, type CorsOrigins } from "./protection/cors.ts";
// @ts-types="./std_http.d.ts"
import { STATUS_CODE } from "@std/http/status";

/** What every answer carries, whatever it is. */
export interface EdgeOptions {
  /** Whose pages may read answers. Default none but the service's own. */
  corsOrigins?: CorsOrigins;
}

/** The longest address of a request, in characters: a thousand ids to leave out fit. */
const LONGEST_URL = 16_384;
const MOST_SHOWN = 100;

/** Answers are data: a browser runs and shows nothing of them, nor guesses what they are. */
const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Puts around a handler what concerns every request alike, those that go nowhere among them. */
export function atEdge(handler: Handler, { corsOrigins = [] }: EdgeOptions = {}): Handler {
  return async (request, connection) => {
    const response = request.url.length > LONGEST_URL
      ? tooLong(request)
      : await handler(request, connection);
    for (const [name, value] of Object.entries(HEADERS)) {
      if (!response.headers.has(name)) response.headers.set(name, value);
    }
    addCors(request, response, corsOrigins);
    return response;
  };
}

function tooLong(request: Request): Response {
  return problemResponse({
    status: STATUS_CODE.URITooLong,
    detail: `The URL must be at most ${LONGEST_URL} characters long, got ${request.url.length}`,
  }, new URL(request.url).pathname.slice(0, MOST_SHOWN));
}

// @ts-types="./std_http.d.ts"
import { STATUS_TEXT } from "@std/http/status";

/** Why a request can't be answered, in the terms of RFC 9457. */
export interface Problem {
  /** The HTTP status code. */
  readonly status: number;
  /** A sentence for people: what is wrong, the rule, and the value. */
  readonly detail: string;
  /** The parameter at fault, where it is one. */
  readonly parameter?: string;
  /** The values that would have been right, where they can be listed. */
  readonly allowed?: readonly string[];
}

/** Thrown where a request can't be answered; the HTTP layer answers with its problem. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/**
 * Answers with `application/problem+json` (RFC 9457).
 *
 * @param instance The path that was asked for.
 */
export function problemResponse(
  { status, ...problem }: Problem,
  instance: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = { type: "about:blank", title: STATUS_TEXT[status], status, ...problem, instance };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...headers,
    },
  });
}

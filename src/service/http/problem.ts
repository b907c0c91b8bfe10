import { jsonText } from "./json_text.ts";
import { STATUS_TEXT } from "../../base/std/http.ts";

/** Why a request can't be answered, as RFC 9457 describes it. */
export interface Problem {
  /** The HTTP status code. */
  readonly status: number;
  /** One sentence: what is wrong, the rule, and the value. */
  readonly detail: string;
  /** The parameter at fault, if it is one. */
  readonly parameter?: string;
  /** The allowed values, where they can be listed. */
  readonly allowed?: readonly string[];
  /** The events of a request that were refused. */
  readonly refused?: readonly Refusal[];
  /** Seconds after which to try again. */
  readonly retryAfter?: number;
  /** How to authenticate, for `WWW-Authenticate`. */
  readonly challenge?: string;
}

/** Why one event of a request was refused. */
export interface Refusal {
  /** Its index in the request, from 0. */
  readonly index: number;
  readonly detail: string;
  /** The field at fault, if it is one. */
  readonly parameter?: string;
  /** The allowed values, where they can be listed. */
  readonly allowed?: readonly string[];
}

/** Thrown if a request can't be answered; the HTTP layer answers with its problem. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/**
 * Answers with `application/problem+json` (RFC 9457).
 *
 * @param instance The path of the request.
 */
export function problemResponse(
  { status, retryAfter, challenge, ...problem }: Problem,
  instance: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = { type: "about:blank", title: STATUS_TEXT[status], status, ...problem, instance };
  return new Response(jsonText(body), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
      ...(challenge !== undefined && { "www-authenticate": challenge }),
      ...headers,
    },
  });
}

import { jsonText } from "./json_text.ts";
import { STATUS_TEXT } from "../../base/std/http.ts";

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
  /** Of several things that were sent, those that were refused. */
  readonly refused?: readonly Refusal[];
  /** After how many seconds it is worth trying again. */
  readonly retryAfter?: number;
  /** How a caller proves himself, for `WWW-Authenticate`. */
  readonly challenge?: string;
}

/** Why one of several things was refused. */
export interface Refusal {
  /** Its place among those sent, from 0. */
  readonly index: number;
  readonly detail: string;
  /** The field at fault, where it is one. */
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

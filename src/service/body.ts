import type { z } from "zod";
// @ts-types="./std_http.d.ts"
import { STATUS_CODE } from "@std/http/status";
import { readValues } from "./parameters.ts";
import { ProblemError } from "./problem.ts";

/** The largest body that is read, in bytes: a thousand events with long ids fit. */
const LARGEST_BODY = 2 * 1024 * 1024;

/**
 * Reads a body as text.
 *
 * @throws {ProblemError} 413 if it is larger than 2 MiB; 400 if it isn't UTF-8.
 */
export async function readText(request: Request): Promise<string> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.length;
    if (size > LARGEST_BODY) throw tooLarge(`The body must be at most ${LARGEST_BODY} bytes long`);
    parts.push(part);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await new Blob(parts).arrayBuffer());
  } catch {
    throw malformed("it isn't UTF-8");
  }
}

/**
 * Reads a body as JSON and checks it.
 *
 * @throws {ProblemError} 400 if it isn't JSON or breaks a rule; names the field; 413 if it is too large.
 */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  return readValues(parseJson(await readText(request)), schema);
}

/**
 * Reads text as JSON.
 *
 * @throws {ProblemError} 400 if it isn't JSON.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed((error as Error).message.slice(0, 80));
  }
}

/** More was sent than is taken at once. */
export function tooLarge(detail: string): ProblemError {
  return new ProblemError({ status: STATUS_CODE.ContentTooLarge, detail });
}

/** What was sent isn't what it should be. */
export function malformed(why: string): ProblemError {
  return new ProblemError({
    status: STATUS_CODE.BadRequest,
    detail: `The body can't be read as JSON: ${why}`,
  });
}

import type { z } from "zod";
import { readValues } from "./parameters.ts";
import { ProblemError } from "./problem.ts";
import { STATUS_CODE } from "../../base/std/http.ts";

/** In bytes: a thousand events with long ids fit. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** How deeply arrays and objects may be nested; no schema needs more than three levels. */
const MAX_DEPTH = 32;

const TIMEOUT_MS = 10_000;

/** In bytes: a small machine has several times as much. */
const MEMORY_BUDGET = 64 * 1024 * 1024;

const RETRY_SECONDS = 1;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{`; the codes of their closing brackets are two higher. */
const BRACKET = 0x5b;
const BRACE = 0x7b;

/**
 * The memory budget that all bodies being read share, 64 MiB: many large requests can't exhaust the
 * machine.
 */
export class BodyMemory {
  #free = MEMORY_BUDGET;
  #bodies = 0;
  #emptied: PromiseWithResolvers<void> | undefined;

  /** @throws {ProblemError} 503 if the budget has fewer bytes free. */
  allocate(bytes: number): void {
    if (bytes > this.#free) {
      throw new ProblemError({
        status: STATUS_CODE.ServiceUnavailable,
        detail: "Too many bodies are being received; try again later",
        retryAfter: RETRY_SECONDS,
      });
    }
    this.#free -= bytes;
  }

  /** Returns allocated bytes to the budget. */
  free(bytes: number): void {
    this.#free += bytes;
  }

  /** Marks the start of reading a body. */
  begin(): void {
    this.#bodies++;
  }

  /** Marks the end of reading a body, complete or not. */
  end(): void {
    if (--this.#bodies === 0) this.#emptied?.resolve();
  }

  /** Resolves when no body is being read; call it once no further requests are accepted. */
  emptied(): Promise<void> {
    this.#emptied ??= Promise.withResolvers();
    if (this.#bodies === 0) this.#emptied.resolve();
    return this.#emptied.promise;
  }
}

/**
 * Reads a body as text.
 *
 * @param options `memory`: the budget that it shares with other bodies; default one of its own.
 *   `timeoutMs`: how long it may take to arrive, in milliseconds; default 10,000, tests set less.
 * @throws {ProblemError} 413 if it is larger than 2 MiB, 415 if it is compressed, 408 if it takes
 *   too long, 400 if the connection breaks or it isn't UTF-8, 503 if the memory budget is used up.
 */
export async function readText(
  request: Request,
  { memory = new BodyMemory(), timeoutMs = TIMEOUT_MS }: {
    memory?: BodyMemory;
    timeoutMs?: number;
  } = {},
): Promise<string> {
  requirePlain(request);
  if (Number(request.headers.get("content-length")) > MAX_BODY_BYTES) throw bodyTooLarge();
  if (!request.body) return "";
  const reader = request.body.getReader();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    reader.cancel().catch(() => {});
  }, timeoutMs);
  memory.begin();
  try {
    const parts = await readParts(reader, memory);
    if (isLate) throw tooSlow(timeoutMs);
    return decode(parts);
  } finally {
    clearTimeout(timer);
    memory.end();
  }
}

function requirePlain({ headers }: Request): void {
  const encoding = headers.get("content-encoding");
  if (encoding === null || /^\s*(identity)?\s*$/i.test(encoding)) return;
  throw new ProblemError({
    status: STATUS_CODE.UnsupportedMediaType,
    detail: "The body must be sent as it is, without Content-Encoding",
  });
}

async function readParts(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  memory: BodyMemory,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    while (true) {
      const { done, value } = await reader.read().catch(() => {
        throw malformed("the connection broke");
      });
      if (done) return parts;
      if (size + value.length > MAX_BODY_BYTES) throw bodyTooLarge();
      memory.allocate(value.length);
      size += value.length;
      parts.push(value);
    }
  } finally {
    memory.free(size);
  }
}

function decode(parts: readonly Uint8Array<ArrayBuffer>[]): string {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    return parts.map((part) => decoder.decode(part, { stream: true })).join("") + decoder.decode();
  } catch {
    throw malformed("it isn't UTF-8");
  }
}

function bodyTooLarge(): ProblemError {
  return tooLarge(`The body must be at most ${MAX_BODY_BYTES} bytes long`);
}

function tooSlow(timeoutMs: number): ProblemError {
  return new ProblemError({
    status: STATUS_CODE.RequestTimeout,
    detail: `The body must arrive within ${timeoutMs / 1000} seconds`,
  });
}

/**
 * Reads a body's text as JSON and checks it.
 *
 * @throws {ProblemError} 400 if it isn't JSON or doesn't match the schema; names the field.
 */
export function readJson<Schema extends z.ZodType>(text: string, schema: Schema): z.output<Schema> {
  return readValues(parseJson(text), schema);
}

/**
 * Reads text as JSON.
 *
 * @throws {ProblemError} 400 if it isn't JSON, or is nested more than 32 levels deep.
 */
export function parseJson(text: string): unknown {
  requireShallow(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed((error as Error).message.slice(0, 80));
  }
}

/**
 * Refuses deeply nested JSON before it is parsed, since code that walks through values recurses
 * once per level.
 *
 * @throws {ProblemError} 400 if arrays and objects are nested more than 32 levels deep.
 */
export function requireShallow(text: string): void {
  let depth = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (isInString) {
      if (character === BACKSLASH) i++;
      else if (character === QUOTE) isInString = false;
    } else if (character === QUOTE) isInString = true;
    else if (character === BRACE || character === BRACKET) {
      if (++depth > MAX_DEPTH) throw malformed(`it is more than ${MAX_DEPTH} levels deep`);
    } else if (character === BRACE + 2 || character === BRACKET + 2) depth--;
  }
}

/** The error for a request that is too large. */
export function tooLarge(detail: string): ProblemError {
  return new ProblemError({ status: STATUS_CODE.ContentTooLarge, detail });
}

/** The error for a body that can't be parsed. */
export function malformed(why: string): ProblemError {
  return new ProblemError({
    status: STATUS_CODE.BadRequest,
    detail: `The body can't be read as JSON: ${why}`,
  });
}

import type { z } from "zod";
import { readValues } from "./parameters.ts";
import { ProblemError } from "./problem.ts";
import { STATUS_CODE } from "../../base/std/http.ts";

/** The largest body that is read, in bytes: a thousand events with long ids fit. */
const LARGEST_BODY = 2 * 1024 * 1024;

/** How deep arrays and objects may stand in each other; no rule needs more than three. */
const DEEPEST = 32;

const TIMEOUT_MS = 10_000;

/** All bodies that are being read at once, in bytes: a small machine's memory holds several times as much. */
const ROOM = 64 * 1024 * 1024;

const RETRY_SECONDS = 1;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{`; what closes them comes two later. */
const BRACKET = 0x5b;
const BRACE = 0x7b;

/**
 * Where bodies are while they come in. All together they may take up so much memory: whoever sends many at once
 * gets an answer and not the whole machine.
 */
export class BodyRoom {
  #free: number;
  #bodies = 0;
  #emptied: PromiseWithResolvers<void> | undefined;

  /** @param bytes How much there is. Default 64 MiB. */
  constructor(bytes: number = ROOM) {
    this.#free = bytes;
  }

  /** @throws {ProblemError} 503 if there isn't as much left. */
  take(bytes: number): void {
    if (bytes > this.#free) {
      throw new ProblemError({
        status: STATUS_CODE.ServiceUnavailable,
        detail: "Too many bodies come in now; try again later",
        retryAfter: RETRY_SECONDS,
      });
    }
    this.#free -= bytes;
  }

  /** What was taken is free again. */
  give(bytes: number): void {
    this.#free += bytes;
  }

  /** A body begins to come in. */
  enter(): void {
    this.#bodies++;
  }

  /** A body is there, or given up. */
  leave(): void {
    if (--this.#bodies === 0) this.#emptied?.resolve();
  }

  /** Resolves when no body comes in; for whoever lets no more in. */
  emptied(): Promise<void> {
    this.#emptied ??= Promise.withResolvers();
    if (this.#bodies === 0) this.#emptied.resolve();
    return this.#emptied.promise;
  }
}

/**
 * Reads a body as text.
 *
 * @param options `timeoutMs`: how long it may take to come in, in milliseconds. Default 10,000. `room`: what it
 *   takes up until then; default room of its own.
 * @throws {ProblemError} 413 if it is larger than 2 MiB; 408 if it takes too long; 400 if it breaks off or isn't
 *   UTF-8; 503 if there is no room.
 */
export async function readText(
  request: Request,
  { timeoutMs = TIMEOUT_MS, room = new BodyRoom() }: { timeoutMs?: number; room?: BodyRoom } = {},
): Promise<string> {
  if (Number(request.headers.get("content-length")) > LARGEST_BODY) throw bodyTooLarge();
  if (!request.body) return "";
  const reader = request.body.getReader();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    reader.cancel().catch(() => {});
  }, timeoutMs);
  room.enter();
  try {
    const parts = await readParts(reader, room);
    if (isLate) throw tooSlow(timeoutMs);
    return decode(parts);
  } finally {
    clearTimeout(timer);
    room.leave();
  }
}

async function readParts(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  room: BodyRoom,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    while (true) {
      const { done, value } = await reader.read().catch(() => {
        throw malformed("it broke off");
      });
      if (done) return parts;
      if (size + value.length > LARGEST_BODY) throw bodyTooLarge();
      room.take(value.length);
      size += value.length;
      parts.push(value);
    }
  } finally {
    room.give(size);
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
  return tooLarge(`The body must be at most ${LARGEST_BODY} bytes long`);
}

function tooSlow(timeoutMs: number): ProblemError {
  return new ProblemError({
    status: STATUS_CODE.RequestTimeout,
    detail: `The body must come in within ${timeoutMs / 1000} seconds`,
  });
}

/**
 * Reads a body's text as JSON and checks it.
 *
 * @throws {ProblemError} 400 if it isn't JSON or breaks a rule; names the field.
 */
export function readJson<Schema extends z.ZodType>(text: string, schema: Schema): z.output<Schema> {
  return readValues(parseJson(text), schema);
}

/**
 * Reads text as JSON.
 *
 * @throws {ProblemError} 400 if it isn't JSON, or arrays and objects stand more than 32 deep in each other.
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
 * Whatever walks through values calls itself as often as they are deep, so text that is too deep isn't parsed.
 *
 * @throws {ProblemError} 400 if arrays and objects stand more than 32 deep in each other.
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
      if (++depth > DEEPEST) throw malformed(`it is more than ${DEEPEST} levels deep`);
    } else if (character === BRACE + 2 || character === BRACKET + 2) depth--;
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

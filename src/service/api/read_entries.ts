import type { z } from "zod";
import { STATUS_CODE } from "../../base/std/http.ts";
import { parseJson, requireShallow, tooLarge } from "../http/body.ts";
import { type Fault, faultOf } from "../http/parameters.ts";
import { ProblemError, type Refusal } from "../http/problem.ts";

/** The valid entries of a request, and why the others were refused. */
export interface ReadEntries<Entry> {
  readonly entries: readonly Entry[];
  readonly refused: readonly Refusal[];
}

/** What a request carries several of. */
export interface EntryKind<Rule extends z.ZodType> {
  /** In messages, for example `event`. */
  readonly noun: string;
  /** What to send, for a request without any. */
  readonly advice: string;
  readonly rule: Rule;
  /** The most that a request may carry. */
  readonly most: number;
}

/**
 * Reads one entry as JSON, several as a JSON array, or one per line (NDJSON). Each is checked on
 * its own.
 *
 * @throws {ProblemError} 400 if the text is none of these or contains no entry; 413 if it contains
 *   too many.
 */
export function readEntries<Rule extends z.ZodType>(
  body: string,
  { noun, advice, rule, most }: EntryKind<Rule>,
): ReadEntries<z.output<Rule>> {
  const values = readValues(body);
  if (values.length === 0) {
    const detail = `The body must hold at least one ${noun}, got an empty list; ${advice}`;
    throw new ProblemError({ status: STATUS_CODE.BadRequest, detail });
  }
  if (values.length > most) {
    throw tooLarge(`A request may carry at most ${most} ${noun}s, got ${values.length}`);
  }
  const entries: z.output<Rule>[] = [];
  const refused: Refusal[] = [];
  values.forEach((value, index) => {
    const { success, data, error } = rule.safeParse(value);
    if (value instanceof MalformedLine) refused.push({ index, ...MALFORMED });
    else if (success) entries.push(data);
    else refused.push({ index, ...faultOf(error, value) });
  });
  return { entries, refused };
}

/**
 * The problem of a request of which nothing can be stored.
 *
 * @param nouns What it carries.
 * @param refused All of it.
 */
export function noneStored(nouns: string, refused: readonly Refusal[]): ProblemError {
  const [{ index: _, ...first }] = refused;
  const fault = refused.length === 1
    ? first
    : { detail: `None of the ${nouns} can be stored`, refused };
  return new ProblemError({ status: STATUS_CODE.BadRequest, ...fault });
}

const MALFORMED: Fault = { detail: "The line must be a JSON object" };

/** A line of NDJSON that isn't JSON. */
class MalformedLine {}

function readValues(body: string): unknown[] {
  requireShallow(body);
  const lines = body.split("\n").filter((line) => line.trim() !== "");
  const whole = parseLine(body);
  if (whole instanceof MalformedLine) {
    // NDJSON starts with a complete object; anything else is truncated JSON.
    const isLines = lines.length > 1 && lines[0].trimStart().startsWith("{") &&
      !(parseLine(lines[0]) instanceof MalformedLine);
    return isLines ? lines.map(parseLine) : [parseJson(body)];
  }
  return Array.isArray(whole) ? whole : [whole];
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return new MalformedLine();
  }
}

import { z } from "zod";
import { nearestName } from "../interactions/nearest_name.ts";
// @ts-types="./std_http.d.ts"
import { STATUS_CODE } from "@std/http/status";
import { ProblemError } from "./problem.ts";

const MOST_SHOWN = 40;

/**
 * Reads and checks the parameters of a request's query.
 *
 * @param schema One text or transformed text per parameter; a rule's error message completes the sentence
 *   "Parameter "k" must be …".
 * @throws {ProblemError} 400 if a parameter is unknown, given twice or breaks its rule; names it.
 */
export function readQuery<Shape extends z.core.$ZodLooseShape>(
  query: URLSearchParams,
  schema: z.ZodObject<Shape>,
): z.output<z.ZodObject<Shape>> {
  const known = Object.keys(schema.shape);
  for (const name of query.keys()) {
    if (!known.includes(name)) throw unknownParameter(name, known);
    if (query.getAll(name).length > 1) {
      throw invalid(name, `Parameter "${name}" must be given once, got it several times`);
    }
  }
  return readValues(Object.fromEntries(query), schema);
}

/**
 * Checks values by name against a schema.
 *
 * @throws {ProblemError} 400 for the first that breaks its rule; names it, and the nearest right value where
 *   there is a list of them.
 */
export function readValues<Shape extends z.core.$ZodLooseShape>(
  values: Readonly<Record<string, string>>,
  schema: z.ZodObject<Shape>,
): z.output<z.ZodObject<Shape>> {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const name = String(issue.path[0]);
  const value = values[name];
  if (issue.code !== "invalid_value") {
    throw invalid(name, `Parameter "${name}" must be ${issue.message}, got ${quote(value)}`);
  }
  const allowed = issue.values.map(String);
  throw invalid(
    name,
    `Parameter "${name}" must be one of ${allowed.join(", ")}, got ${quote(value)}` +
      suggestion(value, allowed),
    allowed,
  );
}

/**
 * The schema of a whole number in a query: digits only.
 *
 * @param min At least 0.
 */
export function wholeNumber(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`;
  return z.string().regex(/^\d{1,15}$/, { error }).transform(Number)
    .pipe(z.int().min(min, { error }).max(max, { error }));
}

function unknownParameter(name: string, known: readonly string[]): ProblemError {
  const rule = known.length > 0
    ? `there are ${known.join(", ")}${suggestion(name, known)}`
    : "there are none here";
  return invalid(clip(name), `Unknown parameter ${quote(name)}: ${rule}`, known);
}

function suggestion(given: string, names: readonly string[]): string {
  const nearest = nearestName(given, names);
  return nearest === undefined ? "" : `; did you mean ${nearest}?`;
}

function invalid(parameter: string, detail: string, allowed?: readonly string[]): ProblemError {
  return new ProblemError({
    status: STATUS_CODE.BadRequest,
    detail,
    parameter,
    ...(allowed && { allowed }),
  });
}

function quote(value: string): string {
  return JSON.stringify(clip(value));
}

function clip(value: string): string {
  return value.length > MOST_SHOWN ? `${value.slice(0, MOST_SHOWN)}…` : value;
}

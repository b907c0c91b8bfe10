import type { z } from "zod";
import { nearestName } from "../../base/nearest_name.ts";
import { type Problem, ProblemError } from "./problem.ts";
import { STATUS_CODE } from "../../base/std/http.ts";

const MOST_SHOWN = 40;

/**
 * Reads and checks the parameters of a request's query.
 *
 * @param schema One rule per parameter, that starts from text; a rule's error message completes the sentence
 *   "Parameter "k" must be …".
 * @throws {ProblemError} 400 if a parameter is unknown, given twice or breaks its rule; names it.
 */
export function readQuery<Shape extends z.core.$ZodLooseShape>(
  query: URLSearchParams,
  schema: z.ZodObject<Shape>,
): z.output<z.ZodObject<Shape>> {
  const known = Object.keys(schema.shape);
  for (const name of query.keys()) {
    if (!known.includes(name)) {
      throw badRequest(unknownParameter(name, known));
    }
    if (query.getAll(name).length > 1) {
      throw badRequest({
        parameter: name,
        detail: `Parameter "${name}" must be given once, got it several times`,
      });
    }
  }
  // A value between commas has no name of its own.
  return readValues(Object.fromEntries(query), schema, { depth: 1 });
}

/** A fault of one parameter, or of one field of a body. */
export type Fault = Pick<Problem, "detail" | "parameter" | "allowed">;

/**
 * Checks values against a schema.
 *
 * @param options `depth`: how many steps into the values have names. Default all.
 * @throws {ProblemError} 400 for the first that breaks its rule; names it, and the nearest right value where
 *   there is a list of them.
 */
export function readValues<Schema extends z.ZodType>(
  values: unknown,
  schema: Schema,
  { depth = Infinity } = {},
): z.output<Schema> {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  throw badRequest(faultOf(result.error, values, { depth }));
}

/** What a schema's first complaint about a value means to whoever sent it. */
export function faultOf(
  { issues: [issue] }: z.ZodError,
  values: unknown,
  { depth = Infinity } = {},
): Fault {
  const path = issue.path.slice(0, depth);
  const parameter = nameOf(path);
  const value = valueAt(values, path);
  if (issue.code === "unrecognized_keys") {
    return unknownParameter(nameOf([...issue.path, issue.keys[0]]), issue.message.split(", "));
  }
  const subject = parameter === "" ? "The body" : `Parameter "${parameter}"`;
  const got = value === undefined ? "it is missing" : `got ${quote(value)}`;
  const named = parameter === "" ? {} : { parameter };
  if (issue.code !== "invalid_value") {
    return { ...named, detail: `${subject} must be ${issue.message}, ${got}` };
  }
  const allowed = issue.values.map(String);
  return {
    ...named,
    detail: `${subject} must be one of ${allowed.join(", ")}, ${got}` +
      suggestion(String(value), allowed),
    allowed,
  };
}

/** `["events", 3, "type"]` → `events[3].type` */
function nameOf(path: readonly PropertyKey[]): string {
  return clip(path.reduce<string>((name, part) => {
    if (typeof part === "number") return `${name}[${part}]`;
    return name === "" ? String(part) : `${name}.${String(part)}`;
  }, ""));
}

function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, part)
        ? (value as Record<PropertyKey, unknown>)[part]
        : typeof value === "string"
        ? value
        : undefined,
    values,
  );
}

function unknownParameter(name: string, known: readonly string[]): Fault {
  const rule = known.length > 0
    ? `there are ${known.join(", ")}${suggestion(name, known)}`
    : "there are none here";
  return {
    parameter: clip(name),
    detail: `Unknown parameter ${quote(name)}: ${rule}`,
    allowed: known,
  };
}

function suggestion(given: string, names: readonly string[]): string {
  const nearest = nearestName(clip(given), names);
  return nearest === undefined ? "" : `; did you mean ${nearest}?`;
}

function badRequest(fault: Fault): ProblemError {
  return new ProblemError({ status: STATUS_CODE.BadRequest, ...fault });
}

function quote(value: unknown): string {
  return clip(JSON.stringify(typeof value === "string" ? clip(value) : value));
}

function clip(value: string): string {
  return value.length > MOST_SHOWN ? `${value.slice(0, MOST_SHOWN)}…` : value;
}

import { z } from "zod";
import { nearestName } from "../../base/nearest_name.ts";
import { type Problem, ProblemError } from "./problem.ts";
import { STATUS_CODE } from "../../base/std/http.ts";

/** How many characters of a value an error shows. */
const MAX_SHOWN = 40;

/**
 * Reads and checks the parameters of a query.
 *
 * @param schema One rule per parameter, from text; a rule's error message completes the sentence
 *   "Parameter "k" must be …".
 * @throws {ProblemError} 400 if a parameter is unknown, breaks its rule, or is repeated though it
 *   isn't a list; names it.
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
    if (query.getAll(name).length > 1 && !takesSeveral(schema.shape[name] as z.ZodType)) {
      throw badRequest({
        parameter: name,
        detail: `Parameter "${name}" must be given once, but is repeated`,
      });
    }
  }
  const values = known.filter((name) => query.has(name)).map((name) => {
    const all = query.getAll(name);
    return [name, all.length > 1 ? all : all[0]] as const;
  });
  // One of several values has no name of its own.
  return readValues(Object.fromEntries(values), schema, { depth: 1 });
}

/** Whether a query's parameter is a list, so that it may be repeated. */
function takesSeveral(rule: z.ZodType): boolean {
  if (rule instanceof z.ZodDefault || rule instanceof z.ZodOptional) {
    return takesSeveral(rule.unwrap() as z.ZodType);
  }
  return rule instanceof z.ZodPipe
    ? takesSeveral(rule.out as z.ZodType)
    : rule instanceof z.ZodArray;
}

/** What is wrong with a parameter, or with a field of a body. */
export type Fault = Pick<Problem, "detail" | "parameter" | "allowed">;

/**
 * Checks values against a schema.
 *
 * @param options `depth`: how many levels of the values have names. Default all.
 * @throws {ProblemError} 400 for the first value that breaks its rule; names it, and the nearest
 *   allowed value where they are listed.
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

/** The first issue that a schema found, in words for the client. */
export function faultOf(
  { issues: [issue] }: z.ZodError,
  values: unknown,
  { depth = Infinity } = {},
): Fault {
  const path = issue.path.slice(0, depth);
  const parameter = nameOf(path);
  const value = valueAt(values, path);
  if (issue.code === "unrecognized_keys") {
    const [key] = issue.keys;
    return unknownParameter(nameOf([...issue.path, key]), issue.message.split(", "), key);
  }
  if (issue.code === "invalid_key") {
    const [key] = path.slice(-1).map(String);
    const detail = `The name ${quote(key)} must be ${issue.issues[0].message}`;
    return { parameter, detail };
  }
  const subject = parameter === "" ? "The body" : `Parameter "${parameter}"`;
  const detailOf = (rule: string) =>
    value === undefined
      ? `${subject} is missing; it must be ${rule}`
      : `${subject} must be ${rule}, got ${countOf(issue, value) ?? quote(value)}`;
  const named = parameter === "" ? {} : { parameter };
  if (issue.code !== "invalid_value") return { ...named, detail: detailOf(issue.message) };
  const allowed = issue.values.map(String);
  return {
    ...named,
    detail: detailOf(`one of ${allowed.join(", ")}`) + suggestion(String(value), allowed),
    allowed,
  };
}

/** The length of a list that is too long or too short: its values would hide what is wrong. */
function countOf(issue: z.core.$ZodIssue, value: unknown): number | undefined {
  const isLength = issue.code === "too_big" || issue.code === "too_small";
  return isLength && issue.origin === "array" && Array.isArray(value) ? value.length : undefined;
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

/** @param key The last part of its name. Default the name. */
function unknownParameter(name: string, known: readonly string[], key = name): Fault {
  const rule = known.length > 0
    ? `it must be one of ${known.join(", ")}${suggestion(key, known)}`
    : "none are allowed here";
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
  return value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value;
}

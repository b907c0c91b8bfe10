/** A value of a flat object, as text; empty for null. */
export type FlatObject = Readonly<Record<string, string>>;

/** The list whose objects make a row each. */
const ROWS = "items";

/** An object as JSON gives it. */
type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads a line of JSON. Numbers keep all digits, which ids of 64 bits need.
 *
 * @returns The object; nothing if the line isn't JSON, or isn't an object.
 */
export function parseObject(line: string): JsonObject | undefined {
  try {
    const value: unknown = /\d{16}/.test(line) ? JSON.parse(line, keepDigits) : JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function keepDigits(_: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number" && context?.source !== undefined ? context.source : value;
}

/**
 * Flattens an object: nested objects get names with dots, `properties.price`; parameters as GA4
 * writes them, `{ key, value: { int_value } }`, go by their keys. Each of its `items` makes a row.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const event = { user: 1, properties: { price: 2 }, items: [{ item_id: "a" }, { item_id: "b" }] };
 * assertEquals(flatten(event), [
 *   { user: "1", "properties.price": "2", "items.item_id": "a" },
 *   { user: "1", "properties.price": "2", "items.item_id": "b" },
 * ]);
 * ```
 */
export function flatten(object: JsonObject): FlatObject[] {
  const { [ROWS]: rows, ...rest } = object;
  const base: Record<string, string> = {};
  addFields(base, rest, "");
  if (!Array.isArray(rows) || rows.length === 0) {
    if (rows !== undefined && !Array.isArray(rows)) addFields(base, { [ROWS]: rows }, "");
    return [base];
  }
  return rows.filter(isObject).map((row) => {
    const flat = { ...base };
    addFields(flat, row, `${ROWS}.`);
    return flat;
  });
}

function addFields(flat: Record<string, string>, object: JsonObject, prefix: string): void {
  for (const [key, value] of Object.entries(object)) {
    if (isObject(value)) addFields(flat, value, `${prefix}${key}.`);
    else if (!Array.isArray(value)) flat[prefix + key] = value == null ? "" : String(value);
    else {for (const parameter of value.filter(isParameter)) {
        flat[parameter.key] ??= textOf(parameter);
      }}
  }
}

interface Parameter {
  readonly key: string;
  readonly value: JsonObject;
}

function isParameter(value: unknown): value is Parameter {
  return isObject(value) && typeof value.key === "string" && isObject(value.value);
}

function textOf({ value }: Parameter): string {
  return String(Object.values(value).find((value) => value != null) ?? "");
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

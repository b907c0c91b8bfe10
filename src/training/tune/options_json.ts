import { z } from "zod";
import type { OptionValue, TrialOptions } from "./search_space.ts";

/**
 * Options as JSON, in the order of their names, so that equal options make equal text. JSON has no number for
 * infinity, which stands as the text `"Infinity"`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(optionsToJson({ b: 1, a: Infinity }), { a: "Infinity", b: 1 });
 * assertEquals(optionsSchema.parse({ a: "Infinity", b: 1 }), { a: Infinity, b: 1 });
 * ```
 */
export function optionsToJson(options: TrialOptions): TrialOptions {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, finite(value)])
      .sort(([a], [b]) => a < b ? -1 : 1),
  );
}

function finite(value: OptionValue): OptionValue {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

/** One value of an option as JSON gives it; the texts `"Infinity"` and `"-Infinity"` become numbers. */
export const optionValueSchema = z.union([z.number(), z.string(), z.boolean()], {
  error: "must be a number, a text, true or false",
}).transform((value) => value === "Infinity" || value === "-Infinity" ? Number(value) : value);

/** What {@linkcode optionsToJson} made, read back. */
export const optionsSchema = z.record(z.string(), optionValueSchema);

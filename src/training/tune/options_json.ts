import { z } from "zod";
import type { OptionValue } from "../../models/options/option.ts";
import type { TrialOptions } from "./search_space.ts";

/**
 * Options as JSON, sorted by name, so that equal options make equal text. JSON has no infinity,
 * which becomes the text `"Infinity"`.
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

/** One value of an option from JSON; the texts `"Infinity"` and `"-Infinity"` become numbers. */
export const optionValueSchema = z.union([z.number(), z.string(), z.boolean()], {
  error: "must be a number, a text, true or false",
}).transform((value) => value === "Infinity" || value === "-Infinity" ? Number(value) : value);

/** Reads what {@linkcode optionsToJson} wrote. */
export const optionsSchema = z.record(z.string(), optionValueSchema);

/** Words that several findings share. */
import { formatCount } from "../../base/format.ts";

/**
 * Names in a sentence.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([["a"], ["a", "b"], ["a", "b", "c"]].map(listed), ["a", "a and b", "a, b and c"]);
 * ```
 */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
}

/**
 * A part of a group: none of the 9, 3 of the 9, all 9.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0, 3, 9].map((n) => outOf(n, 9)), ["none of the 9", "3 of the 9", "all 9"]);
 * ```
 */
export function outOf(part: number, whole: number): string {
  if (part === whole) return `all ${formatCount(whole)}`;
  return `${part === 0 ? "none" : formatCount(part)} of the ${formatCount(whole)}`;
}

/** A sentence's beginning in capitals. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The row with the highest value; of equal ones, the first. At least one row. */
export function bestBy<Row>(rows: readonly Row[], value: (row: Row) => number): Row {
  return rows.reduce((best, row) => value(row) > value(best) ? row : best);
}

import { type Catalogue, UNKNOWN } from "../../interactions/catalogue.ts";
import type { History } from "../../interactions/history.ts";
import type { Scorer } from "../scoring/scorer.ts";

/** The category of an item that has none. */
const NONE = 0;

/**
 * A number for each item's category, above 0: that of its path or, without one, of its number; 0
 * for items of unknown category.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { textColumn } from "../../interactions/catalogue.ts";
 *
 * const categoryCode = textColumn(["bags", "unknown", "bags", "unknown"]);
 * const categoryId = textColumn(["7", "7", "8", "unknown"]);
 * assertEquals(categoryNumbers({ categoryCode, categoryId }), Uint32Array.of(1, 3, 1, 0));
 * ```
 */
export function categoryNumbers(
  { categoryCode, categoryId }: Pick<Catalogue, "categoryCode" | "categoryId">,
): Uint32Array {
  const paths = categoryCode.values.length;
  const unknownPath = categoryCode.values.indexOf(UNKNOWN);
  const unknownNumber = categoryId.values.indexOf(UNKNOWN);
  return categoryCode.codes.map((path, item) => {
    if (path !== unknownPath) return 1 + path;
    const number = categoryId.codes[item];
    return number === unknownNumber ? NONE : 1 + paths + number;
  });
}

/**
 * What is popular in the categories of a history: an item scores its popularity times the summed
 * weights of the history's events in its category; 0 outside these categories.
 *
 * @param popularity One number per item, at least 0.
 * @param categories One number per item, as {@linkcode categoryNumbers} makes them.
 */
export function createCategoryPopularity(
  popularity: Float32Array,
  categories: Uint32Array,
): Scorer & { readonly noSignal: number } {
  const interests = new Float64Array(1 + categories.reduce((a, b) => Math.max(a, b), NONE));
  return {
    itemCount: popularity.length,
    noSignal: 0,
    score({ items, weights }: History, scores: Float32Array) {
      interests.fill(0);
      items.forEach((item, i) => {
        if (item < categories.length) interests[categories[item]] += weights[i];
      });
      interests[NONE] = 0;
      for (let item = 0; item < popularity.length; item++) {
        scores[item] = interests[categories[item]] * popularity[item];
      }
    },
  };
}

import { type Catalogue, UNKNOWN } from "../../interactions/catalogue.ts";
import type { History } from "../../interactions/history.ts";
import { groupPositions } from "../../linalg/sparse/group_positions.ts";
import type { Scorer } from "../scoring/scorer.ts";
import { sparseScorer } from "../scoring/sparse_scorer.ts";

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
 * weights of the history's events in its category; 0 outside these categories. Scoring takes time
 * linear in the items of these categories.
 *
 * @param popularity One number per item, at least 0.
 * @param categories One number per item, as {@linkcode categoryNumbers} makes them.
 */
export function createCategoryPopularity(
  popularity: Float32Array,
  categories: Uint32Array,
): Scorer & { readonly noSignal: number } {
  const itemCount = popularity.length;
  const count = 1 + categories.reduce((a, b) => Math.max(a, b), NONE);
  const { indptr, positions: items } = groupPositions(categories, count);
  return {
    noSignal: 0,
    ...sparseScorer(itemCount, (history, sums) => {
      for (const [category, interest] of interestsOf(history, categories)) {
        for (let p = indptr[category]; p < indptr[category + 1]; p++) {
          sums.add(items[p], interest * popularity[items[p]]);
        }
      }
    }),
  };
}

/** The summed weights of a history's events in each known category. */
function interestsOf(
  { items, weights }: History,
  categories: Uint32Array,
): ReadonlyMap<number, number> {
  const interests = new Map<number, number>();
  items.forEach((item, i) => {
    const category = categories[item] ?? NONE;
    if (category !== NONE) interests.set(category, (interests.get(category) ?? 0) + weights[i]);
  });
  return interests;
}

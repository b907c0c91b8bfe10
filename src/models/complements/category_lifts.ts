import { type Csr, csrOfRows, rowOf } from "../../linalg/sparse/csr.ts";
import type { Baskets } from "./baskets.ts";

/** The number of the category that says nothing: the products' category is unknown. */
const UNKNOWN_CATEGORY = 0;

/** Pseudo-counts that pull a lift towards 1, chance, and a share towards that of the whole shop. */
const SHRINKAGE = 10;

/** Products are alternatives if they are together in baskets this much less than in visits. */
const SUBSTITUTION = 0.5;

/** The lift of a pair of categories whose products are alternatives of each other. */
export const ALTERNATIVES = 0;

/** How often the products of pairs of categories are together. */
export interface CategoryPairs {
  /**
   * Categories × categories: for each product of the row's category in a basket, the share of the
   * basket's other products that the column's category has, summed.
   */
  readonly pairs: Csr;
  /** The sum of each row. */
  readonly totals: Float64Array;
  /** The sum of all rows: the number of products in all baskets. */
  readonly sum: number;
}

/**
 * Counts the pairs of categories in baskets. Each product of a basket weighs the same, however
 * large the basket is.
 *
 * @param categories One number per item, 0 for unknown.
 */
export function countCategoryPairs(
  { indptr, items }: Pick<Baskets, "indptr" | "items">,
  categories: Uint32Array,
): CategoryPairs {
  const size = 1 + categories.reduce((a, b) => Math.max(a, b), 0);
  const rows = Array.from({ length: size }, () => new Map<number, number>());
  // The categories of a basket, and how many of its products each has; zero between baskets.
  const present = new Uint32Array(size), counts = new Uint32Array(size);
  for (let b = 0; b + 1 < indptr.length; b++) {
    const products = indptr[b + 1] - indptr[b];
    let found = 0;
    for (let p = indptr[b]; p < indptr[b + 1]; p++) {
      const category = categories[items[p]];
      if (counts[category]++ === 0) present[found++] = category;
    }
    for (let i = 0; i < found; i++) {
      const one = present[i], row = rows[one];
      for (let j = 0; j < found; j++) {
        const other = present[j];
        const pairs = i === j ? counts[one] * (counts[one] - 1) : counts[one] * counts[other];
        if (pairs === 0) continue;
        row.set(other, (row.get(other) ?? 0) + pairs / (products - 1));
      }
    }
    for (let i = 0; i < found; i++) counts[present[i]] = 0;
  }
  const totals = Float64Array.from(rows, (row) => row.values().reduce((a, b) => a + b, 0));
  const pairs = csrOfRows(
    rows.map((row) => {
      const columns = Uint32Array.from(row.keys()).sort();
      return { indices: columns, values: Float32Array.from(columns, (c) => row.get(c)!) };
    }),
    size,
  );
  return { pairs, totals, sum: totals.reduce((a, b) => a + b, 0) };
}

/**
 * The lift of each pair of categories in baskets: how many times as often as by chance their
 * products are together, shrunk towards 1.
 *
 *     lift(a, b) = (pairs(a, b) + s) / (expected(a, b) + s)      expected = total(a) total(b) / sum
 *
 * Categories whose products substitute each other get {@linkcode ALTERNATIVES}: visitors compare
 * them, but don't put them in one basket. Substitutes are viewed together and complements bought
 * together (McAuley, Pandey and Leskovec, "Inferring networks of substitutable and complementary
 * products", KDD 2015). Products of one category are alternatives if they are less than half as
 * large a share of what else is in the basket as of what else visitors look at, both shrunk towards
 * the share of all categories; those of two, if visitors look at both more than by chance, and
 * their lift in baskets is less than half of that in visits.
 *
 * @param visits The same counts, of the products that visitors look at within a day.
 * @returns Categories × categories, with an entry for each pair that occurs in baskets or is of
 * alternatives. Other pairs have the lift of {@linkcode unseenLift}.
 */
export function categoryLifts(baskets: CategoryPairs, visits: CategoryPairs): Csr {
  const size = baskets.totals.length;
  const shareBought = ownShares(baskets);
  const shareViewed = ownShares(visits);
  const rows = Array.from({ length: size }, (_, category) => {
    const together = toMap(baskets.pairs, category);
    const viewed = toMap(visits.pairs, category);
    const others = Uint32Array.from(new Set([...together.keys(), ...viewed.keys()])).sort();
    const lifts: [number, number][] = [];
    for (const other of others) {
      const lift = liftOf(baskets, category, other, together.get(other) ?? 0);
      const viewLift = liftOf(visits, category, other, viewed.get(other) ?? 0);
      const areCompared = category === other
        ? shareBought(category) < SUBSTITUTION * shareViewed(category)
        : viewLift > 1 && lift < SUBSTITUTION * viewLift;
      const areKnown = category !== UNKNOWN_CATEGORY && other !== UNKNOWN_CATEGORY;
      if (areKnown && areCompared) lifts.push([other, ALTERNATIVES]);
      else if (together.has(other)) lifts.push([other, lift]);
    }
    return {
      indices: Uint32Array.from(lifts, ([other]) => other),
      values: Float32Array.from(lifts, ([, lift]) => lift),
    };
  });
  return csrOfRows(rows, size);
}

/** The share of its own category among the products beside one of a category. */
function ownShares({ pairs, totals, sum }: CategoryPairs): (category: number) => number {
  const own = Float64Array.from(totals, (_, c) => toMap(pairs, c).get(c) ?? 0);
  // The unknown category isn't one.
  own[UNKNOWN_CATEGORY] = 0;
  const known = sum - totals[UNKNOWN_CATEGORY];
  const mean = known > 0 ? own.reduce((a, b) => a + b, 0) / known : 0;
  return (category) => (own[category] + SHRINKAGE * mean) / (totals[category] + SHRINKAGE);
}

function liftOf(
  { totals, sum }: Pick<CategoryPairs, "totals" | "sum">,
  one: number,
  other: number,
  pairs: number,
): number {
  const expected = sum > 0 ? totals[one] * totals[other] / sum : 0;
  return (pairs + SHRINKAGE) / (expected + SHRINKAGE);
}

/** The lift of two categories that no basket has together. */
export function unseenLift(
  counts: Pick<CategoryPairs, "totals" | "sum">,
  one: number,
  other: number,
): number {
  return liftOf(counts, one, other, 0);
}

function toMap(pairs: Csr, row: number): ReadonlyMap<number, number> {
  const { indices, values } = rowOf(pairs, row);
  return new Map(Array.from(indices, (column, i) => [column, values[i]]));
}

import { MOST_HALF_LIVES } from "../../base/half_life.ts";
import { SECONDS_PER_DAY } from "../../base/time.ts";
import type { SimilarityOptions } from "../../interactions/statistics.ts";
import type { NearestOptions } from "../../linalg/kernels/nearest.ts";
import { BM25_K1 } from "../../models/neighbours/comparison.ts";
import { inRange, type PlaceRange } from "./place_ranges.ts";
import { double } from "./popularity_query.ts";
import type { RatedItems } from "./rated_items.ts";
import { single } from "./ratings_query.ts";

/** One similarity of `itemKnn` in SQL, up to the sums that its formula takes. */
interface Sums {
  /** The weight of a rating. */
  readonly weight: string;
  /** How much a user with `n` of the `items` counts. */
  readonly damping: string;
  /**
   * Whether these need the `total` of the item's ratings, the number of `items` or the `mean` of
   * all totals.
   */
  readonly ofAll: boolean;
  /** The norm of an item, an aggregate. */
  readonly norm: string;
  /** The formula, as `similarityOf()` knows it. */
  readonly formula: NearestOptions["similarity"];
}

/** What similarities are computed from. */
type Compared = Omit<SimilarityOptions, "neighbors" | "rating">;

/** Which formula turns the sums of {@linkcode pairSumsQuery} into similarities. */
export function formulaOf(options: Compared): NearestOptions["similarity"] {
  return sumsOf(options).formula;
}

/**
 * The columns `i`, `j` and `value` of each two items, once: the sum s from which
 * `findSimilarItems()` computes their similarity.
 *
 * @param range The places of j; i has an earlier one.
 */
export function pairSumsQuery(
  { ratings, places }: RatedItems,
  options: Compared,
  range: PlaceRange,
): string {
  const { pairHalfLifeDays } = options;
  const gap = `abs(a.last - b.last) / ${SECONDS_PER_DAY}.0D / ${double(pairHalfLifeDays)}`;
  const decay = pairHalfLifeDays === Infinity
    ? ""
    : ` * pow(2.0D, -least(${MOST_HALF_LIVES}.0D, ${gap}))`;
  const placed = `SELECT /*+ BROADCAST(p) */ part, user_id, r.item, place, last, d, w
FROM (${weighedIn(ratings, options)}) AS r JOIN ${places} AS p ON r.item = p.item`;
  return `WITH weighed AS (${placed})
SELECT CAST(a.item AS INT) AS i, CAST(b.item AS INT) AS j,
  CAST(sum(a.d * a.w * b.w${decay}) AS FLOAT) AS value
FROM weighed AS a JOIN weighed AS b
  ON a.part = b.part AND a.user_id = b.user_id AND a.place < b.place
WHERE ${inRange("b.place", range)} GROUP BY a.item, b.item`;
}

/** The columns `item`, `own` (the sum s of an item and itself) and `norm` of items with ratings. */
export function itemSumsQuery(ratings: string, options: Compared): string {
  return `SELECT CAST(item AS INT) AS item, sum(d * w * w) AS own, ${sumsOf(options).norm} AS norm
FROM (${weighedIn(ratings, options)}) GROUP BY item`;
}

/** The table of ratings with each user's weight `w` of an item, and damping `d`. */
function weighedIn(ratings: string, options: Compared): string {
  const { weight, damping, ofAll } = sumsOf(options);
  const totals = `SELECT item AS of, sum(rating) AS total FROM ${ratings} GROUP BY item`;
  const size = `SELECT count(*) AS items, sum(total) / count(*) AS mean FROM (${totals})`;
  const joined = ofAll ? ` JOIN (${totals}) ON item = of CROSS JOIN (${size})` : "";
  return `SELECT part, user_id, item, rating, last, ${damping} AS d, ${weight} AS w
FROM ${ratings}${joined}`;
}

function sumsOf({ similarity, userPower, popularityPower }: Compared): Sums {
  const byActivity = `pow(n, -${double(userPower)})`;
  const byRarity = "pow(ln(items / n), 2)";
  const squares = `sum(${single("rating * rating")})`;
  const ofUser = { weight: "rating", damping: byActivity, ofAll: false };
  switch (similarity) {
    case "conditional":
      return { ...ofUser, norm: "sum(rating)", formula: "conditional" };
    case "cosine":
    case "jaccard":
      return { ...ofUser, norm: squares, formula: similarity };
    case "tfidf": {
      const [weight, norm] = [single("sqrt(rating)"), "sum(d * rating)"];
      return { weight, damping: byRarity, ofAll: true, norm, formula: "cosine" };
    }
    case "bm25": {
      const b = double(popularityPower);
      const length = `(1 - ${b} + ${b} * total / mean)`;
      const weight = single(`rating * ${BM25_K1 + 1} / (rating + ${BM25_K1} * ${length})`);
      return { weight, damping: byRarity, ofAll: true, norm: "1.0D", formula: "conditional" };
    }
  }
}

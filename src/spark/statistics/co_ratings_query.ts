import type { CoRatingOptions } from "../../interactions/statistics.ts";
import { inRange, type PlaceRange } from "./place_ranges.ts";
import { double } from "./popularity_query.ts";
import type { RatedItems } from "./rated_items.ts";

/**
 * The entries of G on and above its diagonal, G = Σ_u n_u^−userPower · x_uᵀ·x_u. Rows and columns
 * are the places of items by {@linkcode placesQuery}.
 *
 * @param range The places of the columns: entries of the first ranges are those of the most popular
 * items.
 */
export function coRatingsQuery(
  { ratings, places }: RatedItems,
  { userPower = 0, mostPopular = Infinity }: Omit<CoRatingOptions, "rating">,
  range: PlaceRange,
): string {
  const n = mostPopular === Infinity
    ? "n"
    : "CAST(count(*) OVER (PARTITION BY part, user_id) AS DOUBLE) AS n";
  const chosen = `SELECT /*+ BROADCAST(p) */ part, user_id, place, rating, ${n}
FROM ${ratings} AS r JOIN ${places} AS p ON r.item = p.item${andFirst(mostPopular)}`;
  const damped = userPower === 0 ? "rating" : `rating * pow(n, -${double(userPower)})`;
  return `WITH weighed AS (SELECT *, ${damped} AS damped FROM (${chosen}))
SELECT CAST(a.place AS INT) AS i, CAST(b.place AS INT) AS j,
  CAST(sum(a.damped * b.rating) AS FLOAT) AS value
FROM weighed AS a JOIN weighed AS b
  ON a.part = b.part AND a.user_id = b.user_id AND a.place <= b.place
WHERE ${inRange("b.place", range)} GROUP BY a.place, b.place`;
}

/**
 * The items with the largest sums of ratings, in this order.
 *
 * @param places The table of {@linkcode placesQuery}.
 */
export function mostPopularQuery(places: string, most = Infinity): string {
  return `SELECT CAST(item AS INT) AS item FROM ${places} AS p WHERE TRUE${andFirst(most)} ` +
    "ORDER BY place";
}

/**
 * Each item's `place`, from 0, by the sum of its ratings; ties go to the lower number, and items
 * without a rating have none.
 *
 * @param ratings The table of ratings.
 */
export function placesQuery(ratings: string): string {
  return `SELECT item, row_number() OVER (ORDER BY total DESC, item) - 1 AS place FROM (
SELECT item, sum(rating) AS total FROM ${ratings} GROUP BY item)
WHERE total > 0`;
}

/** The condition that an item has one of the first places. */
function andFirst(places: number): string {
  return places === Infinity ? "" : ` AND p.place < ${places}`;
}

import type { CoRatingOptions } from "../../interactions/statistics.ts";
import { inItems, type ItemRange } from "./item_ranges.ts";
import { double } from "./popularity_query.ts";

/**
 * The entries of G on and above its diagonal, G = Σ_u n_u^−userPower · x_uᵀ·x_u. Rows and columns
 * are items or, of the most popular ones, their places in {@linkcode mostPopularQuery}.
 *
 * @param ratings The table of ratings.
 * @param range The items of the rows.
 */
export function coRatingsQuery(
  ratings: string,
  { userPower = 0, mostPopular }: Omit<CoRatingOptions, "rating">,
  range: ItemRange,
): string {
  const chosen = mostPopular === undefined
    ? `SELECT part, user_id, item, item AS place, rating, n FROM ${ratings}`
    : `SELECT part, user_id, r.item, place, rating,
  CAST(count(*) OVER (PARTITION BY part, user_id) AS DOUBLE) AS n
FROM ${ratings} AS r JOIN (${placesIn(ratings, mostPopular)}) AS p ON r.item = p.item`;
  const damped = userPower === 0 ? "rating" : `rating * pow(n, -${double(userPower)})`;
  return `WITH weighed AS (SELECT *, ${damped} AS damped FROM (${chosen}))
SELECT CAST(a.place AS INT) AS i, CAST(b.place AS INT) AS j,
  CAST(sum(a.damped * b.rating) AS FLOAT) AS value
FROM weighed AS a JOIN weighed AS b
  ON a.part = b.part AND a.user_id = b.user_id AND a.place <= b.place
WHERE ${inItems("a.item", range)} GROUP BY a.place, b.place`;
}

/**
 * The items with the largest sums of ratings, in this order; ties go to the lower number.
 *
 * @param ratings The table of ratings.
 */
export function mostPopularQuery(ratings: string, most: number): string {
  return `SELECT CAST(item AS INT) AS item FROM (${placesIn(ratings, most)}) ORDER BY place`;
}

function placesIn(ratings: string, most: number): string {
  const places = `SELECT item, row_number() OVER (ORDER BY total DESC, item) - 1 AS place FROM (
SELECT item, sum(rating) AS total FROM ${ratings} GROUP BY item)
WHERE total > 0`;
  return most === Infinity ? places : `SELECT * FROM (${places}) WHERE place < ${most}`;
}

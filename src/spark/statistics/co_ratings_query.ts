import type { RatingMode } from "../../interactions/event_weights.ts";
import type { CoRatingOptions } from "../../interactions/statistics.ts";
import { double } from "./popularity_query.ts";
import { ratingsIn, type Span } from "./ratings_query.ts";

/**
 * The entries of G on and above its diagonal, G = Σ_u n_u^−userPower · x_uᵀ·x_u. Rows and columns
 * are items or, of the most popular ones, their places in {@linkcode mostPopularQuery}.
 */
export function coRatingsQuery(
  span: Span,
  { rating, userPower = 0, mostPopular }: CoRatingOptions,
): string {
  const chosen = mostPopular === undefined
    ? `SELECT user_id, item AS place, rating FROM (${ratingsIn(span, rating)})`
    : `SELECT user_id, place, rating FROM (${ratingsIn(span, rating)}) AS r
JOIN (${placesIn(span, { rating, most: mostPopular })}) AS p ON r.item = p.item`;
  const weight = userPower === 0 ? "" : ` * pow(a.n, -${double(userPower)})`;
  return `WITH ratings AS (
SELECT *, CAST(count(*) OVER (PARTITION BY user_id) AS DOUBLE) AS n FROM (${chosen}))
SELECT CAST(a.place AS INT) AS i, CAST(b.place AS INT) AS j,
  CAST(sum(a.rating * b.rating${weight}) AS FLOAT) AS value
FROM ratings AS a JOIN ratings AS b ON a.user_id = b.user_id AND a.place <= b.place
GROUP BY a.place, b.place`;
}

/** The items with the largest sums of ratings, in this order; ties go to the lower number. */
export function mostPopularQuery(
  span: Span,
  options: { rating: RatingMode; most: number },
): string {
  return `SELECT CAST(item AS INT) AS item FROM (${placesIn(span, options)}) ORDER BY place`;
}

function placesIn(span: Span, { rating, most }: { rating: RatingMode; most: number }): string {
  const places = `SELECT item, row_number() OVER (ORDER BY total DESC, item) - 1 AS place FROM (
SELECT item, sum(rating) AS total FROM (${ratingsIn(span, rating)}) GROUP BY item)
WHERE total > 0`;
  return most === Infinity ? places : `SELECT * FROM (${places}) WHERE place < ${most}`;
}

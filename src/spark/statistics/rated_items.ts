import type { SparkSession } from "../connect/session.ts";
import { sumUp } from "./sum_up.ts";

/** The names of the tables that tell how users rated items in a period. */
export interface RatedItems {
  /** Of `ratingsIn()`. */
  readonly ratings: string;
  /** Of `placesQuery()`. */
  readonly places: string;
}

/** Of the item in each place, how many items its users rated, all together. */
export async function countPairs(
  spark: SparkSession,
  { ratings, places }: RatedItems,
): Promise<Float64Array> {
  const counts: number[] = [];
  const query = `SELECT pairs FROM (SELECT item, sum(n) AS pairs FROM ${ratings} GROUP BY item) ` +
    `AS r JOIN ${places} AS p ON r.item = p.item ORDER BY place`;
  for await (const { pairs } of sumUp<{ pairs: Float64Array }>(spark, query)) {
    for (const count of pairs) counts.push(count);
  }
  return Float64Array.from(counts);
}

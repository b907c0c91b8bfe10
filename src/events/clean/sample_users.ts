import pl from "nodejs-polars";
import { createRandom, shuffle } from "../../linalg/random.ts";
import { flagRows } from "../tables/frames.ts";

/**
 * Samples users uniformly and returns the others.
 *
 * @param ids One column, user_id: each user once, in any order.
 * @param users The size of the sample; all users if there are no more.
 * @param seed The same seed samples the same users of the same set.
 * @returns The users outside the sample, in the order of their ids.
 */
export function usersNotSampled(ids: pl.DataFrame, users: number, seed: number): pl.DataFrame {
  const sorted = ids.select(pl.col("user_id").sort());
  const shuffled = Uint32Array.from({ length: sorted.height }, (_, index) => index);
  shuffle(shuffled, createRandom(seed));
  return sorted
    .withColumns(flagRows("sampled", shuffled.subarray(0, users), sorted.height))
    .filter(pl.col("sampled").not())
    .select("user_id");
}

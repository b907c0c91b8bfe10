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
  const sampled = sampledPositions(sorted.height, users, seed);
  return sorted
    .withColumns(flagRows("sampled", sampled, sorted.height))
    .filter(pl.col("sampled").not())
    .select("user_id");
}

/**
 * The positions of sampled users among all users in the order of their ids.
 *
 * @param all The number of all users.
 */
export function sampledPositions(all: number, users: number, seed: number): Uint32Array {
  const shuffled = Uint32Array.from({ length: all }, (_, index) => index);
  return shuffle(shuffled, createRandom(seed)).subarray(0, users);
}

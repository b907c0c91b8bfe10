import pl from "nodejs-polars";
import { createRandom, shuffle } from "../../linalg/random.ts";
import { flagRows } from "../tables/frames.ts";

/**
 * Draws users at random.
 *
 * @param ids One column, user_id: all users, each once, in any order.
 * @param users How many to keep; all of them if there are no more.
 * @param seed The same seed keeps the same users of the same ones.
 * @returns The users who were not drawn, in the order of their ids.
 */
export function undrawnUsers(ids: pl.DataFrame, users: number, seed: number): pl.DataFrame {
  const sorted = ids.select(pl.col("user_id").sort());
  const drawn = Uint32Array.from({ length: sorted.height }, (_, index) => index);
  shuffle(drawn, createRandom(seed));
  return sorted
    .withColumns(flagRows("drawn", drawn.subarray(0, users), sorted.height))
    .filter(pl.col("drawn").not())
    .select("user_id");
}

import pl from "nodejs-polars";
import { createRandom, shuffle } from "../linalg/random.ts";
import { flagRows } from "./frames.ts";

/**
 * Keeps all events of some users, drawn at random, and none of the others. Rows keep their order.
 *
 * @param users How many users to keep; all of them if there are no more.
 * @param seed The same seed keeps the same users of the same events.
 */
export function sampleUsers(events: pl.DataFrame, users: number, seed: number): pl.DataFrame {
  const ids = events.select(pl.col("user_id").unique().sort());
  if (ids.height <= users) return events;
  const drawn = Uint32Array.from({ length: ids.height }, (_, index) => index);
  shuffle(drawn, createRandom(seed));
  const kept = ids
    .withColumns(flagRows("drawn", drawn.subarray(0, users), ids.height))
    .filter(pl.col("drawn"));
  return events.join(kept, { on: "user_id", how: "semi" });
}

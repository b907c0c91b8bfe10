import pl from "nodejs-polars";
import { toNumbers } from "./tables/frames.ts";
import { releaseFrames } from "./tables/release_frames.ts";

/** Who has events that make interactions, and with what. */
export interface Interest {
  /** One column, user_id, ascending. */
  readonly users: pl.DataFrame;
  /** The number of each user's events. */
  readonly counts: Uint32Array;
  /** One column, product_id, in the order of first events. */
  readonly products: pl.DataFrame;
}

/**
 * Counts the events with a rating above 0 of each user, and lists their products.
 *
 * @param chunks Cleaned events, in time order.
 */
export async function countInterest(chunks: readonly pl.LazyDataFrame[]): Promise<Interest> {
  let products: pl.DataFrame | undefined;
  let counts: pl.DataFrame[] = [];
  let merged = 0;
  for (const chunk of chunks) {
    const events = chunk.filter(pl.col("rating").gt(0)).select("user_id", "product_id")
      .collectSync();
    const own = events.select("product_id");
    products =
      (products ? pl.concat([products, own.unique({ keep: "first", maintainOrder: true })]) : own)
        .unique({ keep: "first", maintainOrder: true });
    counts.push(
      events.groupBy("user_id").agg(
        pl.col("product_id").count().cast(pl.UInt32, true)
          .alias("events"),
      ),
    );
    // Merged when they have doubled, so that the time stays linear in the events.
    if (counts.reduce((sum, { height }) => sum + height, 0) > 2 * merged) {
      counts = [sumByUser(counts)];
      merged = counts[0].height;
    }
    await releaseFrames(events.height);
  }
  const users = sumByUser(counts).sort("user_id");
  return {
    users: users.select("user_id"),
    counts: toNumbers<Uint32Array>(users, "events"),
    products: products!,
  };
}

function sumByUser(counts: readonly pl.DataFrame[]): pl.DataFrame {
  if (counts.length === 1) return counts[0];
  return pl.concat([...counts]).groupBy("user_id").agg(pl.col("events").sum());
}

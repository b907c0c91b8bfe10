import pl from "nodejs-polars";
import { flagRows, hashOf, toNumbers } from "../tables/frames.ts";

const KEY = ["event_time", "user_id", "product_id"];

/**
 * Finds the rows that equal an earlier row in every column; null equals null.
 *
 * @param events Columns event_time, user_id, product_id and any others.
 * @returns A column `duplicate`, true for all equal rows but the first.
 */
export function findDuplicates(events: pl.DataFrame): pl.Series {
  // A user rarely does two things to a product in one second, so the key rules out nearly all rows.
  // The others are compared by a 64-bit hash over all columns: among a million, a collision has a
  // probability of 1 in 37 million.
  const hash = pl.col("hash");
  const hashes = pl.DataFrame([hashOf(events.select(...KEY), "hash")]).withRowIndex("row").lazy();
  const repeated = hashes.select(hash.sort()).filter(hash.eq(hash.shift(1)));
  const shared = hashes.join(repeated, { on: "hash", how: "semi" }).select("row").collectSync();
  const suspects = flagRows("suspect", toNumbers<Uint32Array>(shared, "row"), events.height);
  const compared = events.lazy()
    .withRowIndex("row")
    .withColumn(suspects)
    .filter(pl.col("suspect"))
    .collectSync();
  const repeats = compared.select("row")
    .withColumns(hashOf(compared.select(...events.columns), "hash"))
    .filter(hash.isFirstDistinct().not());
  return flagRows("duplicate", toNumbers<Uint32Array>(repeats, "row"), events.height);
}

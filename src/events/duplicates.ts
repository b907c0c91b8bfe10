import pl from "nodejs-polars";
import { flagRows, hashOf, toNumbers } from "./frames.ts";

/**
 * Finds the rows that are equal to an earlier row in every column, null being equal to null.
 *
 * @returns A column `duplicate`, true for all but the first of equal rows.
 */
export function findDuplicates(events: pl.DataFrame): pl.Series {
  // Nearly all rows have a hash that no other has, which settles them; only the rest is compared.
  const hash = pl.col("hash");
  const hashes = pl.DataFrame([hashOf(events, "hash")]).withRowIndex("row").lazy();
  const repeated = hashes.select(hash.sort()).filter(hash.eq(hash.shift(1)));
  const shared = hashes.join(repeated, { on: "hash", how: "semi" }).select("row").collectSync();
  const suspect = flagRows("suspect", toNumbers<Uint32Array>(shared, "row"), events.height);
  const suspects = events.lazy()
    .withRowIndex("row")
    .withColumn(suspect)
    .filter(pl.col("suspect"));
  const firsts = suspects.unique({ subset: events.columns, keep: "first", maintainOrder: true });
  const duplicates = shared.lazy()
    .join(firsts.select("row"), { on: "row", how: "anti" })
    .collectSync();
  return flagRows("duplicate", toNumbers<Uint32Array>(duplicates, "row"), events.height);
}

import pl from "nodejs-polars";
import { flagRows, hashOf, toNumbers } from "./frames.ts";

const KEY = ["event_time", "user_id", "product_id"];

/**
 * Finds the rows that are equal to an earlier row in every column, null being equal to null.
 *
 * @param events Columns event_time, user_id, product_id and any others.
 * @returns A column `duplicate`, true for all but the first of equal rows.
 */
export function findDuplicates(events: pl.DataFrame): pl.Series {
  // Nearly always a user does one thing to a product in one second, which settles the row; the rest is compared.
  const hash = pl.col("hash");
  const hashes = pl.DataFrame([hashOf(events.select(...KEY), "hash")]).withRowIndex("row").lazy();
  const repeated = hashes.select(hash.sort()).filter(hash.eq(hash.shift(1)));
  const shared = hashes.join(repeated, { on: "hash", how: "semi" }).select("row").collectSync();
  const suspects = flagRows("duplicate", toNumbers<Uint32Array>(shared, "row"), events.height);
  const firsts = events.lazy()
    .withRowIndex("row")
    .withColumn(suspects)
    .filter(pl.col("duplicate"))
    .unique({ subset: events.columns, keep: "first" })
    .select("row")
    .collectSync();
  const first = flagRows("first", toNumbers<Uint32Array>(firsts, "row"), events.height);
  return pl.DataFrame([suspects, first])
    .select(pl.col("duplicate").and(pl.col("first").not()))
    .getColumn("duplicate");
}

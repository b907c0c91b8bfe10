import pl from "nodejs-polars";
import { flagRows, toNumbers } from "./frames.ts";

/**
 * Finds the rows that are equal to an earlier row in every column, null being equal to null.
 *
 * @returns A column `duplicate`, true for all but the first of equal rows.
 */
export function findDuplicates(events: pl.DataFrame): pl.Series {
  // Nearly all rows have a hash that no other has, which settles them; only the rest is compared.
  const hash = (events.hashRows() as pl.Series).rename("hash") as pl.Series;
  const sorted = pl.DataFrame([hash]).select(pl.col("hash").sort());
  const repeated = sorted.filter(pl.col("hash").eq(pl.col("hash").shift(1)));
  const suspects = events
    .withColumns(hash)
    .withRowIndex("row")
    .join(repeated, { on: "hash", how: "semi" });
  const firsts = suspects
    .unique({ subset: events.columns, keep: "first", maintainOrder: true })
    .select("row");
  const duplicates = suspects.join(firsts, { on: "row", how: "anti" });
  return flagRows("duplicate", toNumbers<Uint32Array>(duplicates, "row"), events.height);
}

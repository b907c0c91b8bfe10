import pl from "nodejs-polars";
import { flagRows, toNumbers } from "./frames.ts";

/**
 * Marks rows that are equal to an earlier row in every column, null being equal to null.
 *
 * @returns A column `duplicate`, true for all but the first of equal rows.
 */
export function markDuplicates(events: pl.DataFrame): pl.Series {
  // Rows whose hash occurs once are settled, which are nearly all; only the others are compared.
  const hash = (events.hashRows() as pl.Series).rename("hash") as pl.Series;
  const sorted = pl.DataFrame([hash]).select(pl.col("hash").sort());
  const repeated = sorted.filter(pl.col("hash").eq(pl.col("hash").shift(1)));
  if (repeated.height === 0) return flagRows("duplicate", [], events.height);

  const suspects = events
    .withColumns(hash)
    .withRowIndex("row")
    .join(repeated, { on: "hash", how: "semi" })
    .drop("hash");
  const distinct = suspects.unique({ subset: events.columns, keep: "first" }).select("row");
  const duplicates = suspects.select("row").join(distinct, { on: "row", how: "anti" });
  return flagRows("duplicate", toNumbers<Uint32Array>(duplicates, "row"), events.height);
}

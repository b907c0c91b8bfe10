import pl from "nodejs-polars";
import { TIME_TYPE } from "./schema.ts";

/**
 * Formats the first rows of a table of events for display: ids with all digits, times in UTC,
 * missing values empty.
 *
 * @param options `rows`: the number of rows; default 5.
 */
export function previewRows(
  events: pl.DataFrame,
  { rows = 5 }: { rows?: number } = {},
): Record<string, string>[] {
  const text = events.columns.map((name) => {
    const column = pl.col(name);
    const isTime = (events.getColumn(name).dtype as pl.DataType).equals(TIME_TYPE);
    const written = isTime ? column.dt.strftime("%Y-%m-%d %H:%M:%S") : column.cast(pl.Utf8, true);
    return written.fillNull(pl.lit("")).alias(name);
  });
  return events.head(rows).select(...text).toRecords() as Record<string, string>[];
}

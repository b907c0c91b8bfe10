import pl from "nodejs-polars";
import { stringify } from "../../../base/std/csv.ts";

/** A row of a table as a line of CSV, times in UTC, for the list of rejected rows. */
export function rowText(table: pl.DataFrame, row: number): string {
  const texts = table.slice(row, 1).select(
    ...table.columns.map((name) => pl.col(name).cast(pl.Utf8, false)),
  );
  const [fields] = texts.toRecords() as Record<string, string | null>[];
  return stringify([fields], { columns: table.columns, headers: false }).trimEnd();
}

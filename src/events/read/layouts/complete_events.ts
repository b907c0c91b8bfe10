import pl from "nodejs-polars";
import type { Partitions } from "../files/partitions.ts";
import { toIds, toText } from "../values/ids.ts";
import { type ColumnMap, filledBy } from "./map_columns.ts";
import { typeValues } from "../values/typed_events.ts";

/** Whether a file has columns that fill in for others. */
export function hasFallbacks({ names }: ColumnMap): boolean {
  return names.some((name) => filledBy(name) !== undefined);
}

/** Fills missing values of columns with those of their fallbacks, which are dropped. */
export function fillFallbacks(table: pl.DataFrame): pl.DataFrame {
  const fallbacks = table.columns.filter((name) => filledBy(name) !== undefined);
  if (fallbacks.length === 0) return table;
  const filled = [...new Set(fallbacks.map((name) => filledBy(name)!))].map((column) => {
    const sources = [column, ...fallbacks.filter((name) => filledBy(name) === column)];
    return sources.map((name) => toText(name)).reduce((first, next) => first.fillNull(next))
      .alias(column);
  });
  return table.withColumns(...filled).drop(fallbacks);
}

/** Adds the columns with one value for a whole file, and users if each session counts as one. */
export function addConstants(
  events: pl.DataFrame,
  { type, sessionIsUser, partitionNames }: ColumnMap,
  partitions: Partitions = {},
): pl.DataFrame {
  const constants = [
    ...Object.values(partitions).map((value, index) => [partitionNames[index], value] as const)
      .filter(([name]) => !name.startsWith("column ") && name !== "event_time"),
    ...(type ? [["event_type", type] as const] : []),
  ];
  let completed = events;
  if (constants.length > 0) {
    const columns = pl.DataFrame(
      Object.fromEntries(constants.map(([name, value]) => [name, [value]])),
    );
    const typed = typeValues(columns, ".").events;
    completed = events.withColumns(
      ...typed.columns.map((name) => {
        const column = typed.getColumn(name);
        const value = column.get(0);
        return pl.lit(value === null ? null : String(value))
          .cast(column.dtype as pl.DataType, true).alias(name);
      }),
    );
  }
  if (!sessionIsUser) return completed;
  return toIds(completed.withColumns(pl.col("user_session").alias("user_id")), "user_id");
}

import { type ColumnName, COLUMNS, columnsOf } from "../../events/tables/columns.ts";
import type { Partitions } from "../../events/read/files/partitions.ts";
import { type ColumnMap, filledBy } from "../../events/read/layouts/map_columns.ts";
import type { DecimalMark } from "../../events/read/values/prices.ts";
import { isMissing, missingIn } from "../../events/read/values/missing.ts";
import { sqlText } from "../sql/quote.ts";
import type { SqlColumns } from "../sql/step.ts";
import { idSql, priceSql, textSql } from "../sql/values.ts";

/** A column of a file, as an expression. */
export interface SourceColumn {
  /** What it is read as. */
  readonly name: string;
  /** Its value as text, or as a number if `isNumber`. */
  readonly value: string;
  /** Whether it is a column of floating-point numbers, as prices are in Parquet. */
  readonly isNumber?: boolean;
}

/** Expressions of the columns of raw events but the time. */
export interface RawColumns {
  /** What a step must add before, if anything. */
  readonly prepared: SqlColumns;
  readonly columns: readonly string[];
}

/**
 * The columns of raw events but the time, each by the rule of its kind.
 *
 * @param columns The file's columns. Expressions are repeated, so they should be names.
 */
export function rawColumns(
  columns: readonly SourceColumn[],
  { map, decimal, partitions = {} }: {
    map: ColumnMap;
    decimal: DecimalMark;
    partitions?: Partitions;
  },
): RawColumns {
  const values = new Map(columns.map((column) => [column.name, column]));
  const constants = new Map(
    Object.values(partitions).map((value, i) => [map.partitionNames[i], value] as const)
      .filter(([name]) => !name.startsWith("column ") && name !== "event_time"),
  );
  if (map.type !== undefined) constants.set("event_type", map.type);

  /** A column's values as text; of several sources, the first that isn't missing. */
  const sourceOf = (name: ColumnName): string | undefined => {
    const constant = constants.get(name);
    if (constant !== undefined) return isMissing(constant) ? "NULL" : sqlText(constant);
    const own = columns.filter((column) => column.name === name || filledBy(column.name) === name);
    if (own.length === 0) return undefined;
    const [first, ...others] = own.map(({ value }) => value);
    return others.length === 0
      ? first
      : `coalesce(${[first, ...others].map((value) => textSql(value)).join(", ")})`;
  };
  const textOf = (name: ColumnName): string => {
    const source = sourceOf(map.sessionIsUser && name === "user_id" ? "user_session" : name);
    if (source === undefined) return "CAST(NULL AS STRING)";
    const text = `CAST(${source} AS STRING)`;
    if (COLUMNS[name].kind === "id") return idSql(text);
    return textSql(text, missingIn(name));
  };
  const names = (Object.keys(COLUMNS) as ColumnName[])
    .filter((name) => !columnsOf("time").includes(name) && !columnsOf("price").includes(name));
  const source = sourceOf("price");
  const { prepared, columns: prices } = priceColumns(
    source,
    values.get("price")?.isNumber ?? false,
    decimal,
  );
  return { prepared, columns: [...names.map((name) => `${textOf(name)} AS ${name}`), ...prices] };
}

function priceColumns(
  source: string | undefined,
  isNumber: boolean,
  decimal: DecimalMark,
): RawColumns {
  const none = ["CAST(NULL AS DOUBLE) AS price", "false AS price_unreadable"];
  if (source === undefined) return { prepared: {}, columns: none };
  if (isNumber) {
    const isInfinite = `coalesce(abs(${source}) = double('infinity'), false)`;
    const columns = [
      `CASE WHEN NOT isnan(${source}) AND NOT ${isInfinite} THEN ${source} END AS price`,
      `${isInfinite} AS price_unreadable`,
    ];
    return { prepared: {}, columns };
  }
  return {
    prepared: { price_read: priceSql(source, decimal) },
    columns: [
      "CASE WHEN NOT isnan(price_read) THEN price_read END AS price",
      "coalesce(isnan(price_read), false) AS price_unreadable",
    ],
  };
}

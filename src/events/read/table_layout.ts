import pl from "nodejs-polars";
import { isCleaned } from "./parquet.ts";
import { type ColumnKind, type ColumnName, COLUMNS } from "../tables/columns.ts";
import { ENGINEERED_COLUMNS, OPTIONAL_NAMES, RAW_COLUMNS, TIME_TYPE } from "../tables/schema.ts";

/** The names and types of the columns of stacked tables, in order. */
export type TableLayout = readonly { readonly name: string; readonly type: pl.DataType }[];

/** Finds a common layout for tables with different columns and id types. */
export function layoutOf(tables: readonly pl.DataFrame[]): TableLayout {
  const has = (name: string) => tables.some(({ columns }) => columns.includes(name));
  const names = [
    ...RAW_COLUMNS,
    ...OPTIONAL_NAMES.filter(has),
    ...(tables.every(isCleaned) ? Object.keys(ENGINEERED_COLUMNS) : []),
  ];
  return names.map((name) => ({ name, type: commonType(tables, name) }));
}

/** Stacks tables; columns that one lacks are null in its rows. */
export function stackTables(tables: readonly pl.DataFrame[], layout: TableLayout): pl.DataFrame {
  return pl.concat(tables.map((table) =>
    table.select(...layout.map(({ name, type }) => {
      const column = table.columns.includes(name) ? pl.col(name) : pl.lit(null);
      return column.cast(type, true).alias(name);
    }))
  ));
}

/** The type of a column that no table has. */
const TYPES: Readonly<Record<ColumnKind, pl.DataType>> = {
  time: TIME_TYPE,
  type: pl.Utf8,
  id: pl.Int64,
  text: pl.Utf8,
  price: pl.Float64,
};

/** Text if the column is text in any table, otherwise the type that it has in all of them. */
function commonType(tables: readonly pl.DataFrame[], name: string): pl.DataType {
  const types = tables
    .filter(({ columns }) => columns.includes(name))
    .map((table) => table.getColumn(name).dtype as pl.DataType);
  const missing = Object.hasOwn(COLUMNS, name) ? TYPES[COLUMNS[name as ColumnName].kind] : pl.Utf8;
  return types.find((type) => type.equals(pl.String)) ?? types[0] ?? missing;
}

import pl from "nodejs-polars";
import { isCleaned } from "./parquet.ts";
import { ENGINEERED_COLUMNS, ID_COLUMNS, RAW_COLUMNS } from "../tables/schema.ts";

/** The columns that tables have in common when they are put together, in their order, and the columns' types. */
export type TableLayout = readonly { readonly name: string; readonly type: pl.DataType }[];

/** Finds the layout of tables that may have different columns and types of ids. */
export function layoutOf(tables: readonly pl.DataFrame[]): TableLayout {
  const has = (name: string) => tables.some(({ columns }) => columns.includes(name));
  const names = [
    ...RAW_COLUMNS,
    ...(has("title") ? ["title"] : []),
    ...(tables.every(isCleaned) ? Object.keys(ENGINEERED_COLUMNS) : []),
  ];
  return names.map((name) => ({ name, type: commonType(tables, name) }));
}

/** Puts tables below each other; what one doesn't have is null in its rows. */
export function putTogether(tables: readonly pl.DataFrame[], layout: TableLayout): pl.DataFrame {
  return pl.concat(tables.map((table) =>
    table.select(...layout.map(({ name, type }) => {
      const column = table.columns.includes(name) ? pl.col(name) : pl.lit(null);
      return column.cast(type, true).alias(name);
    }))
  ));
}

/** Text where it is in one of the tables, else the type that all tables with the column have. */
function commonType(tables: readonly pl.DataFrame[], name: string): pl.DataType {
  const types = tables
    .filter(({ columns }) => columns.includes(name))
    .map((table) => table.getColumn(name).dtype as pl.DataType);
  const missing = (ID_COLUMNS as readonly string[]).includes(name) ? pl.Int64 : pl.Utf8;
  return types.find((type) => type.equals(pl.String)) ?? types[0] ?? missing;
}

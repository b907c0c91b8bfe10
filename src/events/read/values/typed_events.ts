import pl from "nodejs-polars";
import { columnsOf } from "../../tables/columns.ts";
import { countWhere, toNumbers } from "../../tables/frames.ts";
import { toIds, toText } from "./ids.ts";
import { missingIn } from "./missing.ts";
import { type DecimalMark, parsePrice } from "./prices.ts";

/** The columns of text; names of events aren't among them. */
export const TEXT_COLUMNS: readonly string[] = columnsOf("text");

/** Events with typed columns. */
export interface TypedEvents {
  readonly events: pl.DataFrame;
  /** The number of prices that can't be read; they are null, as missing ones are. */
  readonly unreadablePrices: number;
}

/**
 * Reads ids, texts and prices of any type, each column by the rule of its kind; the other columns
 * stay as they are.
 */
export function typeValues(table: pl.DataFrame, decimal: DecimalMark): TypedEvents {
  const has = (name: string) => table.columns.includes(name);
  const texts = [...columnsOf("type"), ...TEXT_COLUMNS].filter(has).map((name) =>
    toText(name, pl.col(name).cast(pl.Utf8, true), missingIn(name))
  );
  const typed = columnsOf("id").filter(has).reduce(toIds, table.withColumns(...texts));
  return has("price") ? typePrices(typed, decimal) : { events: typed, unreadablePrices: 0 };
}

function typePrices(events: pl.DataFrame, decimal: DecimalMark): TypedEvents {
  return events.getColumn("price").dtype.equals(pl.String)
    ? parsePrices(events, decimal)
    : castPrices(events);
}

function castPrices(events: pl.DataFrame): TypedEvents {
  const price = pl.col("price").cast(pl.Float64, false);
  const casted = events.withColumns(price.alias("price"));
  const infinite = pl.col("price").isInfinite();
  return {
    events: casted.withColumns(
      pl.when(pl.col("price").isFinite()).then(pl.col("price")).otherwise(pl.lit(null))
        .alias("price"),
    ),
    unreadablePrices: countWhere(casted, infinite),
  };
}

/** Parses each distinct text once: a shop has many events and few prices. */
function parsePrices(events: pl.DataFrame, decimal: DecimalMark): TypedEvents {
  const distinct = events.select(pl.col("price").unique());
  const texts = distinct.getColumn("price").toArray() as (string | null)[];
  const prices = texts.map((text) => text === null ? undefined : parsePrice(text, decimal));
  const parsed = pl.DataFrame([
    pl.Series("price", texts, pl.Utf8),
    pl.Series(
      "parsed",
      prices.map((price) => Number.isNaN(price) ? null : price ?? null),
      pl.Float64,
    ),
    pl.Series("unreadable", prices.map((price) => Number.isNaN(price)), pl.Bool),
  ]);
  const joined = events.join(parsed, { on: "price", how: "left", maintainOrder: "left" });
  return {
    events: joined.withColumns(pl.col("parsed").alias("price")).select(...events.columns),
    unreadablePrices: countWhere(joined, pl.col("unreadable")),
  };
}

/** The numbers of the rows where a condition is true. */
export function rowsWhere(events: pl.DataFrame, condition: pl.Expr): number[] {
  const rows = events.lazy().withRowIndex("row number").filter(condition).select("row number");
  return [...toNumbers<Uint32Array>(rows.collectSync(), "row number")];
}

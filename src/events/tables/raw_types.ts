import pl from "nodejs-polars";
import { UNKNOWN } from "../../interactions/catalogue.ts";
import { countWhere } from "./frames.ts";
import { ID_COLUMNS, TIME_TYPE } from "./schema.ts";

/** The texts that stand for a missing value: where events were cleaned before, `unknown` may. */
const MISSING: Readonly<Record<string, readonly string[]>> = {
  event_type: [""],
  category_code: ["", UNKNOWN],
  brand: ["", UNKNOWN],
  user_session: [""],
  title: [""],
};

/**
 * Gives columns of any type the types that raw events have: times and numbers may come as text, ids
 * in any type of integer. A time that isn't one and a price that isn't a number become null.
 */
export function toRawTypes(events: pl.DataFrame): pl.DataFrame {
  return events.withColumns(
    ...events.columns.map((name) => {
      if (name === "event_time") return toTime(events).alias(name);
      if (name === "price") return pl.col(name).cast(pl.Float64, false);
      if ((ID_COLUMNS as readonly string[]).includes(name)) return toId(events, name);
      return name in MISSING ? toText(name, MISSING[name]) : pl.col(name);
    }),
  );
}

function toText(name: string, missing: readonly string[]): pl.Expr {
  const text = pl.col(name).cast(pl.Utf8, true);
  return pl.when(text.isIn([...missing])).then(pl.lit(null)).otherwise(text).alias(name);
}

function toTime(events: pl.DataFrame): pl.Expr {
  const time = pl.col("event_time");
  if (!isText(events, "event_time")) return time.cast(TIME_TYPE, true);
  // All forms that a time may have begin with 10 characters of date, one of anything and 8 of time.
  const clock = time.str.replace(/( ?UTC|Z|[+-]00:?00)$/, "").str.slice(11);
  const iso = pl.concatString([time.str.slice(0, 10), clock], "T") as pl.Expr;
  return iso.cast(pl.Datetime("us"), false).dt.replaceTimeZone("UTC");
}

/** An integer column where that loses nothing, else a text column. */
function toId(events: pl.DataFrame, name: string): pl.Expr {
  const text = toText(name, [""]);
  const integer = text.cast(pl.Int64, false);
  const changed = integer.cast(pl.Utf8, true).eq(text).fillNull(false).not().and(text.isNotNull());
  return countWhere(events, changed) === 0 ? integer : text;
}

function isText(events: pl.DataFrame, name: string): boolean {
  return events.getColumn(name).dtype.equals(pl.String);
}

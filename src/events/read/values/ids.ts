import pl from "nodejs-polars";
import { countWhere } from "../../tables/frames.ts";
import { ID_PATTERNS } from "./id_patterns.ts";
import { MISSING } from "./missing.ts";

/**
 * Reads ids of any type: `400003586.0` is `400003586`. They are 64-bit integers if that loses
 * nothing, otherwise text.
 *
 * @param name The column of the ids.
 */
export function toIds(events: pl.DataFrame, name: string): pl.DataFrame {
  const type = events.getColumn(name).dtype as pl.DataType;
  if (type.equals(pl.Int64)) return events;
  const trimmed = pl.col(name).cast(pl.Utf8, true).str.strip();
  const ids = toText(name, trimmed).str.replace(ID_PATTERNS.float, "$1");
  const texts = events.withColumns(ids.alias(name));
  const text = pl.col(name);
  const integer = text.cast(pl.Int64, false);
  const changed = integer.cast(pl.Utf8, true).eq(text).fillNull(false).not().and(text.isNotNull());
  return countWhere(texts, changed) === 0 ? texts.withColumns(integer.alias(name)) : texts;
}

/** Counts the ids of a column of text that a spreadsheet rounded, like `4.00E+08`. */
export function countRounded(events: pl.DataFrame, name: string): number {
  if (!events.getColumn(name).dtype.equals(pl.String)) return 0;
  return countWhere(events, pl.col(name).str.contains(ID_PATTERNS.rounded));
}

/** A text column, null where it means a missing value. */
export function toText(
  name: string,
  text: pl.Expr = pl.col(name).cast(pl.Utf8, true),
  missing: readonly string[] = MISSING,
): pl.Expr {
  return pl.when(text.isIn([...missing])).then(pl.lit(null)).otherwise(text).alias(name);
}

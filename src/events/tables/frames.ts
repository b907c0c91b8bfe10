import pl from "nodejs-polars";

/** Counts the rows where each condition is true. */
export function countEach<Name extends string>(
  frame: pl.DataFrame,
  conditions: Readonly<Record<Name, pl.Expr>>,
): Record<Name, number> {
  const counts = Object.entries<pl.Expr>(conditions).map(([name, condition]) =>
    condition.cast(pl.UInt32, true).sum().alias(name)
  );
  return frame.select(...counts).toRecords()[0] as Record<Name, number>;
}

/** Counts the rows where a condition is true. */
export function countWhere(frame: pl.DataFrame, condition: pl.Expr): number {
  return countEach(frame, { rows: condition }).rows;
}

/**
 * Copies a column of numbers to a typed array. 64-bit integers must be cast to another type first.
 */
export function toNumbers<Numbers extends Float32Array | Float64Array | Uint32Array | Uint8Array>(
  frame: pl.DataFrame,
  column: string,
): Numbers {
  return frame.getColumn(column).rechunk().toTypedArray() as Numbers;
}

/** The hash of each row over all columns; null equals null. */
export function hashOf(frame: pl.DataFrame, name: string): pl.Series {
  return (frame.hashRows() as pl.Series).rename(name) as pl.Series;
}

/**
 * Replaces a column's values in some rows.
 *
 * @param rows The rows' numbers.
 * @param values A value for each of these rows, with the column's name and type.
 */
export function replaceAt(column: pl.Series, rows: Uint32Array, values: pl.Series): pl.Series {
  // A gather is faster than a join and needs less memory.
  const { length } = column;
  const from = new Uint32Array(length + rows.length);
  for (let row = 0; row < length; row++) from[row] = row;
  for (let i = 0; i < rows.length; i++) from[rows[i]] = length + i;
  return pl.concat([pl.DataFrame([column]), pl.DataFrame([values])])
    .withColumns(pl.Series("from", from))
    .select(pl.col(column.name).gather(pl.col("from")))
    .getColumn(column.name)
    .head(length);
}

/** A boolean column of length `height`: true in the given rows. */
export function flagRows(name: string, rows: Iterable<number>, height: number): pl.Series {
  const flags = new Uint8Array(height);
  for (const row of rows) flags[row] = 1;
  return pl.Series(name, flags).cast(pl.Bool, true) as pl.Series;
}

/** Whether a column is ascending and has no nulls. */
export function isSortedBy(frame: pl.DataFrame, column: string): boolean {
  const value = pl.col(column);
  return countWhere(frame, value.isNull().or(value.lt(value.shift(1)))) === 0;
}

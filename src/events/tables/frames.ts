import pl from "nodejs-polars";

/** How many rows fulfil each of some conditions; a null doesn't. */
export function countEach<Name extends string>(
  frame: pl.DataFrame,
  conditions: Readonly<Record<Name, pl.Expr>>,
): Record<Name, number> {
  const counts = Object.entries<pl.Expr>(conditions).map(([name, condition]) =>
    condition.cast(pl.UInt32, true).sum().alias(name)
  );
  return frame.select(...counts).toRecords()[0] as Record<Name, number>;
}

/** How many rows fulfil a condition; a null doesn't. */
export function countWhere(frame: pl.DataFrame, condition: pl.Expr): number {
  return countEach(frame, { rows: condition }).rows;
}

/** A column of numbers as one typed array, copied. 64-bit integers must be cast to another type before. */
export function toNumbers<Numbers extends Float32Array | Float64Array | Uint32Array | Uint8Array>(
  frame: pl.DataFrame,
  column: string,
): Numbers {
  return frame.getColumn(column).rechunk().toTypedArray() as Numbers;
}

/** The hash of each row over all columns: equal for equal rows, null being equal to null. */
export function hashOf(frame: pl.DataFrame, name: string): pl.Series {
  return (frame.hashRows() as pl.Series).rename(name) as pl.Series;
}

/**
 * A column with other values in some of its rows.
 *
 * @param rows Which ones.
 * @param values One for each of these rows, of the column's name and type.
 */
export function replaceAt(column: pl.Series, rows: Uint32Array, values: pl.Series): pl.Series {
  // Taking every row from where it stands is faster, and needs less memory, than a join.
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

/** A column of booleans for a frame of `height` rows: true in the rows named, false elsewhere. */
export function flagRows(name: string, rows: Iterable<number>, height: number): pl.Series {
  const flags = new Uint8Array(height);
  for (const row of rows) flags[row] = 1;
  return pl.Series(name, flags).cast(pl.Bool, true) as pl.Series;
}

/** Whether a column has a value in each row, and none is below the one before. */
export function isSortedBy(frame: pl.DataFrame, column: string): boolean {
  const value = pl.col(column);
  return countWhere(frame, value.isNull().or(value.lt(value.shift(1)))) === 0;
}

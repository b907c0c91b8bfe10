/** Tables of products written by hand, with the column types of `productFigures()`. */
import pl from "nodejs-polars";

const COUNTS = ["views", "carts", "sales", "viewers", "buyers"];

/** Creates a table from columns. */
export function productTable(
  columns: Readonly<Record<string, readonly (string | number | null)[]>>,
): pl.DataFrame {
  const counts = COUNTS.filter((name) => name in columns);
  return pl.DataFrame(columns)
    .withColumns(...counts.map((name) => pl.col(name).cast(pl.UInt32, true)));
}

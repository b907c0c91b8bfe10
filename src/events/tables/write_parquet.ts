import type pl from "nodejs-polars";

/**
 * Writes a table to a Parquet file as it is, piece by piece.
 *
 * @param options `compression`: `zstd` makes the smallest files and is the default, `lz4` the soonest.
 */
export async function writeParquet(
  path: string,
  table: pl.LazyDataFrame,
  { compression = "zstd" }: { compression?: "zstd" | "lz4" } = {},
): Promise<void> {
  await table.sinkParquet(path, { compression }).collect();
}

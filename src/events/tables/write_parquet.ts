import type pl from "nodejs-polars";

/**
 * Streams a table to a Parquet file.
 *
 * @param options `compression`: `zstd`, the default, makes the smallest files; `lz4` is the
 * fastest.
 */
export async function writeParquet(
  path: string,
  table: pl.LazyDataFrame,
  { compression = "zstd" }: { compression?: "zstd" | "lz4" } = {},
): Promise<void> {
  await table.sinkParquet(path, { compression }).collect();
}

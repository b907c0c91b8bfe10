import type { BatchColumns, SparkSession } from "../connect/session.ts";

/**
 * Brings the sums that a query makes here, batch by batch.
 *
 * @throws {InputError} As `SparkSession.batches()` does.
 */
export function sumUp<Columns extends BatchColumns>(
  spark: Pick<SparkSession, "columnBatches">,
  query: string,
): AsyncGenerator<Columns> {
  return spark.columnBatches<Columns>("sum up the events", query);
}

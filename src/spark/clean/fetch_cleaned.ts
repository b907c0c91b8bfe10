import { type PartRange, partRanges } from "../read/keep_events.ts";
import type { SparkSession } from "../connect/session.ts";
import { collectCleaned, type CollectedEvents, type CollectOptions } from "./collect_cleaned.ts";

/**
 * How many events a query brings by default: 200 MB, if each takes 200 bytes. The server holds a
 * query's result in memory, and by its defaults refuses one of more than 1 GB.
 */
export const ROWS_AT_ONCE = 1 << 20;

/** What is fetched. */
export interface FetchOptions extends Omit<CollectOptions, "pieceRows"> {
  /** What it is for, to follow "Cannot" in messages. */
  readonly attempted: string;
  /** `cleanedEvents()` of some users. */
  query(range: PartRange): string;
  /** About how many events a query brings, and a piece has. Default {@linkcode ROWS_AT_ONCE}. */
  readonly rowsAtOnce?: number;
}

/**
 * Brings cleaned events to this machine's disk, those of some users after those of others.
 *
 * @throws {InputError} If the server is gone or refuses a query.
 */
export async function fetchCleaned(
  spark: SparkSession,
  { attempted, query, rowsAtOnce = ROWS_AT_ONCE, ...options }: FetchOptions,
): Promise<CollectedEvents> {
  async function* batches(): AsyncGenerator<Uint8Array> {
    for (const range of partRanges(options.rows, rowsAtOnce)) {
      yield* spark.batches(attempted, query(range));
    }
  }
  return await collectCleaned(batches(), { ...options, pieceRows: rowsAtOnce });
}

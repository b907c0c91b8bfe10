import { join } from "node:path";
import pl from "nodejs-polars";
import type { Progress } from "../../base/progress.ts";
import { toNumbers } from "../tables/frames.ts";
import { releaseFrames } from "../tables/release_frames.ts";
import { writeParquet } from "../tables/write_parquet.ts";

/**
 * Sorts events by time that don't fit in memory, given as tables that each are a fair sample of all
 * events.
 */
export interface TimeRanges {
  /** Adds a table of events, all with a time and the columns of their order, in any order. */
  add(events: pl.DataFrame): Promise<void>;
  /**
   * Reads one range of time, once all tables have been added, and removes it from disk: in time
   * order, without the columns that order ties.
   */
  take(range: number): pl.DataFrame;
}

/**
 * Partitions events by time into files in a folder; the ranges hold about the same number of
 * events.
 *
 * @param options `ranges`: their number. `order`: the columns by which ties are ordered.
 */
export function createTimeRanges(
  folder: string,
  { ranges, order }: { ranges: number; order: readonly string[] },
): TimeRanges {
  let begins: Float64Array | undefined;
  let head = pl.DataFrame();
  let tables = 0;
  const fileOf = (range: number, table: number) => join(folder, `range-${range}-${table}.parquet`);
  return {
    async add(events) {
      head = events.head(0);
      if (events.height === 0) return;
      begins ??= quantilesOf(events, ranges);
      for (let range = 0; range < ranges; range++) {
        await writeParquet(fileOf(range, tables), between(events, begins, range), LZ4);
      }
      tables++;
    },
    take(range) {
      const files = Array.from({ length: tables }, (_, table) => fileOf(range, table));
      const own = pl.concat([head, ...files.map((file) => pl.readParquet(file))]);
      for (const file of files) Deno.removeSync(file);
      return own.sort(["event_time", ...order]).drop([...order]);
    },
  };
}

const LZ4 = { compression: "lz4" } as const;

const MICROSECONDS = pl.col("event_time").cast(pl.Int64, true).cast(pl.Float64, true);

/** Where each range begins, in microseconds, if all are to hold equal shares of these events. */
function quantilesOf(events: pl.DataFrame, ranges: number): Float64Array {
  const sorted = events.select(MICROSECONDS.alias("time")).sort("time");
  const times = toNumbers<Float64Array>(sorted, "time");
  return Float64Array.from(
    { length: ranges },
    (_, range) => times[Math.floor(range * times.length / ranges)],
  );
}

function between(events: pl.DataFrame, begins: Float64Array, range: number): pl.LazyDataFrame {
  const from = range === 0 ? -Infinity : begins[range];
  const to = begins[range + 1] ?? Infinity;
  return events.lazy().filter(
    MICROSECONDS.gtEq(pl.lit(from)).and(MICROSECONDS.lt(pl.lit(to))),
  );
}

/**
 * Writes ranges to Parquet files, one in memory at a time.
 *
 * @param folder Where the files `cleaned-N.parquet` go.
 * @param number How many ranges there are.
 * @returns Their events, in time order.
 */
export async function writeRanges(
  ranges: TimeRanges,
  { folder, number, progress }: { folder: string; number: number; progress?: Progress },
): Promise<pl.LazyDataFrame[]> {
  const pieces: pl.LazyDataFrame[] = [];
  for (let range = 0; range < number; range++) {
    const path = join(folder, `cleaned-${range}.parquet`);
    const events = ranges.take(range);
    await writeParquet(path, events.lazy(), LZ4);
    pieces.push(pl.scanParquet(path));
    await releaseFrames(events.height);
    progress?.((range + 1) / number);
  }
  return pieces;
}

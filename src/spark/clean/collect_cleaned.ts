import { Buffer } from "node:buffer";
import pl from "nodejs-polars";
import { type CleanReport, toSteps } from "../../events/clean/clean_report.ts";
import { REMOVAL } from "../../events/tables/event_types.ts";
import { isType } from "../../events/tables/expressions.ts";
import { countEach } from "../../events/tables/frames.ts";
import { createTimeRanges, writeRanges } from "../../events/clean/time_ranges.ts";
import { releaseFrames } from "../../events/tables/release_frames.ts";
import { CLEAN_COLUMNS, ENGINEERED_COLUMNS, TIME_TYPE } from "../../events/tables/schema.ts";
import { UNKNOWN } from "../../interactions/catalogue.ts";
import { ORDER } from "../read/source.ts";

/** How cleaned events are collected. */
export interface CollectOptions {
  /** An empty folder of this machine, where they stay. */
  readonly folder: string;
  /** How many rows come, about. */
  readonly rows: number;
  /** About how many rows a piece has. */
  readonly pieceRows: number;
  /** The steps of cleaning in their order. */
  readonly steps: readonly string[];
  /** How many rows can't be read, or are ignored: they aren't among the queries'. */
  readonly rejected: number;
  readonly ignored: number;
  /** Is told how many rows have come. */
  readonly onRows?: (rows: number) => void;
}

/** Cleaned events on this machine's disk. */
export interface CollectedEvents {
  /** In time order, each of a size that fits in memory. */
  readonly pieces: readonly pl.LazyDataFrame[];
  readonly report: CleanReport;
}

/**
 * Writes the results of queries of cleaning to Parquet files in a folder as they come, in ranges of
 * time, then sorts one range after another; and counts what each step dropped. A range has about
 * `pieceRows`, and no more are in memory at a time: however many rows a day has, only those of one
 * microsecond can't be divided.
 *
 * @param batches Arrow streams of `cleanedEvents()`.
 */
export async function collectCleaned(
  batches: AsyncIterable<Uint8Array>,
  { folder, rows, pieceRows, steps, rejected, ignored, onRows }: CollectOptions,
): Promise<CollectedEvents> {
  const dropped = new Array<number>(steps.length).fill(0);
  const counts = { ...NO_COUNTS };
  const number = Math.max(1, Math.ceil(rows / pieceRows));
  const ranges = createTimeRanges(folder, { ranges: number, order: ORDER });
  let [rowsIn, rowsOut] = [rejected + ignored, 0];
  let waiting: pl.DataFrame[] = [];
  let waitingRows = 0;
  const write = async () => {
    await ranges.add(pl.concat(waiting));
    await releaseFrames(waitingRows);
    [waiting, waitingRows] = [[], 0];
  };
  for await (const batch of batches) {
    const events = pl.readIPCStream(Buffer.from(batch.buffer, batch.byteOffset, batch.byteLength));
    const byStep = countEach(
      events,
      Object.fromEntries(steps.map((_, i) => [String(i), pl.col("dropped").eq(i + 1)])),
    );
    for (let i = 0; i < steps.length; i++) dropped[i] += byStep[i];
    const kept = toCleaned(events);
    counts.sessionsDerived += countEach(events.filter(pl.col("dropped").eq(0)), {
      derived: pl.col("derived"),
    }).derived;
    const added = countEach(kept, COUNTS);
    for (const name of COUNTED) counts[name] += added[name];
    rowsIn += events.height;
    rowsOut += kept.height;
    waiting.push(kept);
    waitingRows += kept.height;
    if (waitingRows >= pieceRows) await write();
    onRows?.(rowsIn);
  }
  if (waiting.length > 0) await write();
  const pieces = rowsOut === 0 ? [] : await writeRanges(ranges, { folder, number });
  const all = allSteps(steps, { rejected, ignored, dropped });
  return { pieces, report: { rowsIn, steps: toSteps(rowsIn, all), rowsOut, ...counts } };
}

/**
 * The steps of a report and how many rows each removed, those of reading first.
 *
 * @param steps The steps of cleaning.
 * @param removed `dropped`: by each of them.
 */
export function allSteps(
  steps: readonly string[],
  { rejected, ignored, dropped }: {
    rejected: number;
    ignored: number;
    dropped: readonly number[];
  },
): { step: string; removed: number }[] {
  return [
    { step: "malformed rows", removed: rejected },
    { step: "events ignored by --types", removed: ignored },
    ...steps.map((step, i) => ({ step, removed: dropped[i] })),
  ];
}

/** The kept rows of a batch, with the columns and types of cleaned events, and their places. */
function toCleaned(events: pl.DataFrame): pl.DataFrame {
  const names = CLEAN_COLUMNS.filter((name) => events.columns.includes(name));
  const columns = names.map((name) => {
    if (name === "event_time") return pl.col(name).cast(TIME_TYPE, true);
    const type = Object.entries(ENGINEERED_COLUMNS).find(([own]) => own === name)?.[1];
    return type === undefined ? pl.col(name) : pl.col(name).cast(type, true).alias(name);
  });
  return events.filter(pl.col("dropped").eq(0)).select(...columns, ...ORDER.map(pl.col));
}

const COUNTS = {
  zeroPrices: pl.col("price").eq(0),
  missingPrices: pl.col("price").isNull(),
  unknownBrands: pl.col("brand").eq(pl.lit(UNKNOWN)),
  unknownCategories: pl.col("category_code").eq(pl.lit(UNKNOWN)),
  removals: isType(REMOVAL),
  cartsCancelled: isType("cart").and(pl.col("rating").eq(0)),
};

const COUNTED = Object.keys(COUNTS) as (keyof typeof COUNTS)[];

const NO_COUNTS = {
  sessionsDerived: 0,
  ...Object.fromEntries(COUNTED.map((name) => [name, 0])),
} as Record<keyof typeof COUNTS | "sessionsDerived", number>;

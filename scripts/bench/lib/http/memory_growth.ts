import { median } from "../../../../src/base/statistics.ts";

/** A process's memory at one time. */
export interface MemorySample {
  /** Since the start of the load. */
  readonly seconds: number;
  /** Resident memory. */
  readonly bytes: number;
}

/** The share of the samples whose median is compared; large enough to average out noise. */
const PART = 1 / 5;

/**
 * How much memory grew after the warm-up: the median of the last fifth of the samples relative to
 * that of the first fifth, minus 1.
 *
 * @param samples In time order.
 * @param warmUp Samples before this time, in seconds, are ignored.
 * @throws {RangeError} If fewer than five samples remain.
 */
export function memoryGrowth(samples: readonly MemorySample[], warmUp: number): number {
  const bytes = samples.filter(({ seconds }) => seconds >= warmUp).map(({ bytes }) => bytes);
  if (bytes.length < 5) {
    throw new RangeError(
      `Cannot measure memory growth: there must be at least 5 samples after ${warmUp} seconds, ` +
        `got ${bytes.length}`,
    );
  }
  const size = Math.floor(PART * bytes.length);
  return median(bytes.slice(-size)) / median(bytes.slice(0, size)) - 1;
}

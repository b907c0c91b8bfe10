import { median } from "../../../../src/base/statistics.ts";

/** One look at a process. */
export interface MemorySample {
  /** Since the beginning. */
  readonly seconds: number;
  /** Resident memory. */
  readonly bytes: number;
}

/** How far the middle of a part of the samples may lie from others by chance is evened out over so large a part. */
const PART = 1 / 5;

/**
 * How memory grew after a time of warming up, as a share: the median of the last fifth of the samples beside that of
 * the first fifth.
 *
 * @param samples In the order of time.
 * @param warmUp Until when samples don't count, in seconds.
 * @throws {RangeError} If there aren't five samples after that.
 */
export function memoryGrowth(samples: readonly MemorySample[], warmUp: number): number {
  const bytes = samples.filter(({ seconds }) => seconds >= warmUp).map(({ bytes }) => bytes);
  if (bytes.length < 5) {
    throw new RangeError(
      `Cannot tell how memory grew: there must be 5 samples after ${warmUp} seconds, got ${bytes.length}`,
    );
  }
  const size = Math.floor(PART * bytes.length);
  return median(bytes.slice(-size)) / median(bytes.slice(0, size)) - 1;
}

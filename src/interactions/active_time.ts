import { SECONDS_PER_DAY } from "../base/time.ts";
import type { Interactions } from "./interactions.ts";

/**
 * The most that a stretch without any event of the whole shop counts, in days. In a shop with
 * traffic, a longer one is a gap in the data.
 */
export const LONGEST_PAUSE_DAYS = 2;

const LONGEST_PAUSE = LONGEST_PAUSE_DAYS * SECONDS_PER_DAY;

/**
 * Active time of a shop: pauses in the data, such as the months between an old export and the
 * events of today, count as {@linkcode LONGEST_PAUSE_DAYS} at most. In data without longer pauses
 * it is calendar time.
 */
export interface ActiveTime {
  /** The parts cut out of pauses, oldest first. */
  readonly pauses: readonly Cut[];
  /**
   * Seconds from one time to a later one, without the excess of each pause over the limit.
   *
   * @param earlier In seconds since 1970, as is `later`.
   */
  between(earlier: number, later: number): number;
  /**
   * The time that is a number of seconds of active time before another; may be before the first
   * event.
   */
  before(end: number, seconds: number): number;
}

/** The part cut out of a pause: the time after `from` up to `to`, in seconds since 1970. */
export interface Cut {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds the pauses in the events of a whole shop, in linear time.
 *
 * @param events In any order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const day = 86_400;
 * const time = activeTimeOf({ times: Uint32Array.of(0, day, 100 * day) });
 * assertEquals(time.between(0, 100 * day), 3 * day);
 * assertEquals(time.before(100 * day, 2.5 * day), 0.5 * day);
 * ```
 */
export function activeTimeOf({ times }: Pick<Interactions, "times">): ActiveTime {
  const cuts = findCuts(times);
  const cutAfter = (start: number, end: number) =>
    cuts.reduce(
      (sum, { from, to }) => sum + Math.max(0, Math.min(to, end) - Math.max(from, start)),
      0,
    );
  if (cuts.length === 0) {
    return {
      pauses: cuts,
      between: (earlier, later) => later - earlier,
      before: (end, seconds) => end - seconds,
    };
  }
  return {
    pauses: cuts,
    between: (earlier, later) => later - earlier - cutAfter(earlier, later),
    before(end, seconds) {
      let start = end - seconds;
      for (const { from, to } of cuts.toReversed()) {
        if (start <= to && from < end) start -= Math.min(to, end) - from;
      }
      return start;
    },
  };
}

/** Days that 32 bits of seconds can name. */
const DAYS = Math.ceil(2 ** 32 / SECONDS_PER_DAY);

/** Oldest first. Events within a day can't be a long pause apart, so each day's ends suffice. */
function findCuts(times: Uint32Array): Cut[] {
  const firsts = new Uint32Array(DAYS).fill(2 ** 32 - 1);
  const lasts = new Uint32Array(DAYS);
  for (const time of times) {
    const day = Math.floor(time / SECONDS_PER_DAY);
    if (time < firsts[day]) firsts[day] = time;
    if (time > lasts[day]) lasts[day] = time;
  }
  const cuts: Cut[] = [];
  let last = Infinity;
  for (let day = 0; day < DAYS; day++) {
    if (firsts[day] > lasts[day]) continue;
    if (firsts[day] - last > LONGEST_PAUSE) {
      cuts.push({ from: last, to: firsts[day] - LONGEST_PAUSE });
    }
    last = lasts[day];
  }
  return cuts;
}

import { InputError } from "../base/input_error.ts";
import { oncePer } from "../base/once_per.ts";
import { isoTime, SECONDS_PER_DAY } from "../base/time.ts";
import { nthLargest } from "../linalg/nth_largest.ts";
import { type ActiveTime, activeTimeOf } from "./active_time.ts";
import { historyOf, type Interactions, sliceByTime } from "./interactions.ts";

/** The windows of {@linkcode splitByTime}. */
export interface SplitOptions {
  /**
   * Length of the validation window in days of active time (see {@linkcode activeTimeOf}). Default
   * 7; for data of less than five weeks, a fifth of the events.
   */
  validationDays?: number;
  /**
   * Length of the test window in days of active time. Default 7; for data of less than five weeks,
   * a fifth of the events.
   */
  testDays?: number;
}

/**
 * Interactions cut at two points in time, the same for all users: train, then validation, then
 * test.
 */
export interface Split {
  readonly train: Interactions;
  readonly validation: Interactions;
  readonly test: Interactions;
  /** Everything before the test window. */
  readonly trainAndValidation: Interactions;
  /** First second of the validation window, since 1970-01-01 UTC. */
  readonly validationStart: number;
  /** First second of the test window. */
  readonly testStart: number;
}

const DEFAULT_DAYS = 7;
const DEFAULT_SHARE = 1 / 5;

/**
 * Splits interactions by global time, so that all training data precedes what is to be predicted; a
 * random split would let models learn from the future. Windows are measured in active time, so that
 * a pause in the data doesn't leave them empty. Parts can still be empty, for example if all events
 * happened in the same second.
 *
 * @throws {InputError} If a window is negative, or the windows leave nothing to train on.
 */
export function splitByTime(interactions: Interactions, options: SplitOptions = {}): Split {
  const all = interactions.statistics ?? interactions;
  const { first, last } = timeSpan(all);
  const active = activeTimeOf(all);
  const testStart = windowStart(all, active, last + 1, options.testDays);
  const validationStart = windowStart(all, active, testStart, options.validationDays);
  if (interactions.times.length > 0 && validationStart <= first) {
    throw new InputError(
      `Cannot split: windows that start at ${isoTime(validationStart)} and ${isoTime(testStart)} ` +
        `leave nothing to train on, since the events start at ${isoTime(first)}; shorten them ` +
        "(--validation-days, --test-days)",
    );
  }
  return {
    train: sliceByTime(interactions, { to: validationStart }),
    validation: sliceByTime(interactions, { from: validationStart, to: testStart }),
    test: sliceByTime(interactions, { from: testStart }),
    trainAndValidation: sliceByTime(interactions, { to: testStart }),
    validationStart,
    testStart,
  };
}

/** The first second of a window that ends just before `end`. */
function windowStart(
  { times }: Pick<Interactions, "times">,
  active: ActiveTime,
  end: number,
  days: number | undefined,
): number {
  if (days !== undefined) {
    if (!(days >= 0)) {
      throw new InputError(`Cannot split: a window must be 0 days or more, got ${days}`);
    }
    return active.before(end, Math.floor(days * SECONDS_PER_DAY));
  }
  const { first, last } = timeSpan({ times });
  if (active.between(first, last) >= DEFAULT_DAYS / DEFAULT_SHARE * SECONDS_PER_DAY) {
    return active.before(end, DEFAULT_DAYS * SECONDS_PER_DAY);
  }
  return latestStart(times, end, first);
}

/**
 * The latest start of a window that holds a fifth of all events. If the earliest second holds so
 * many that nothing would remain before the window, the window is empty.
 */
function latestStart(times: Uint32Array, end: number, first: number): number {
  let later = 0;
  for (let i = 0; i < times.length; i++) if (times[i] >= end) later++;
  const start = nthLargest(times, later + Math.ceil(DEFAULT_SHARE * times.length)) ?? end;
  return start > first ? start : end;
}

/** The seconds of the first and the last event; both 0 if there are none. */
export function timeSpan({ times }: Pick<Interactions, "times">): { first: number; last: number } {
  if (times.length === 0) return { first: 0, last: 0 };
  let first = Infinity, last = 0;
  for (const time of times) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return { first, last };
}

/** The size of one part of a split. */
export interface PartSummary {
  readonly part: "train" | "validation" | "test";
  readonly events: number;
  /** Users with at least one event in the part. */
  readonly users: number;
  /** Those without an event in the earlier parts. */
  readonly newUsers: number;
  /** Distinct user-product pairs. */
  readonly pairs: number;
  /** Pairs that also occur in the earlier parts. */
  readonly repeatPairs: number;
}

/** Counts users, events and repeated pairs in each part of a split, in chronological order. */
export const summarizeSplit = oncePer((split: Split): readonly PartSummary[] => [
  summarizePart("train", split.train),
  summarizePart("validation", split.validation, split.train),
  summarizePart("test", split.test, split.trainAndValidation),
]);

function summarizePart(
  part: PartSummary["part"],
  interactions: Interactions,
  before?: Interactions,
): PartSummary {
  let users = 0, newUsers = 0, pairs = 0, repeatPairs = 0;
  // Of each item, in which user's row it was seen last: 2 · user + 1 before the part, + 2 in it.
  const seen = new Uint32Array(interactions.itemIds.size);
  for (let user = 0; user < interactions.userIds.size; user++) {
    const { items } = historyOf(interactions, user);
    if (items.length === 0) continue;
    const known = before ? historyOf(before, user).items : [];
    for (const item of known) seen[item] = 2 * user + 1;
    users++;
    if (known.length === 0) newUsers++;
    for (const item of items) {
      if (seen[item] === 2 * user + 2) continue;
      if (seen[item] === 2 * user + 1) repeatPairs++;
      seen[item] = 2 * user + 2;
      pairs++;
    }
  }
  return { part, events: interactions.items.length, users, newUsers, pairs, repeatPairs };
}

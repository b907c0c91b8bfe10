import { InputError } from "../base/input_error.ts";
import { isoTime, SECONDS_PER_DAY } from "../base/time.ts";
import { historyOf, type Interactions, sliceByTime } from "./interactions.ts";

/** Where {@linkcode splitByTime} cuts. */
export interface SplitOptions {
  /** Length of the validation window in days. Default 7; in data of less than five weeks a fifth of the events. */
  validationDays?: number;
  /** Length of the test window in days. Default 7; in data of less than five weeks a fifth of the events. */
  testDays?: number;
}

/** Interactions cut at two moments, the same for all users: the past, then validation, then test. */
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
 * Cuts interactions by global time: what is learned from lies wholly before what is predicted. A random split
 * would let models learn from the future. Parts can be empty, for example where all events are of one second.
 *
 * @throws {InputError} If a window is negative or the two leave nothing of the span to train on.
 */
export function splitByTime(interactions: Interactions, options: SplitOptions = {}): Split {
  const { first, last } = timeSpan(interactions);
  const testStart = windowStart(interactions, last + 1, options.testDays);
  const validationStart = windowStart(interactions, testStart, options.validationDays);
  if (interactions.times.length > 0 && validationStart <= first) {
    throw new InputError(
      `Cannot split: windows that begin at ${isoTime(validationStart)} and ${isoTime(testStart)} ` +
        `leave nothing to train on, the events begin at ${isoTime(first)}; make them shorter`,
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
function windowStart(interactions: Interactions, end: number, days: number | undefined): number {
  if (days !== undefined) {
    if (!(days >= 0)) {
      throw new InputError(`Cannot split: a window must be 0 days or more, got ${days}`);
    }
    return end - Math.floor(days * SECONDS_PER_DAY);
  }
  const { first, last } = timeSpan(interactions);
  if (last - first >= DEFAULT_DAYS / DEFAULT_SHARE * SECONDS_PER_DAY) {
    return end - DEFAULT_DAYS * SECONDS_PER_DAY;
  }
  return latestStart(interactions.times, end, first);
}

/**
 * The last moment at which a window holds a fifth of all events. Where so many are of one second that nothing
 * would be left before it, the window is empty.
 */
function latestStart(times: Uint32Array, end: number, first: number): number {
  const before = times.filter((time) => time < end).sort();
  const start = before[before.length - Math.ceil(DEFAULT_SHARE * times.length)] ?? end;
  return start > first ? start : end;
}

/** The first and last second in which anything happened; both 0 where nothing did. */
export function timeSpan({ times }: Pick<Interactions, "times">): { first: number; last: number } {
  if (times.length === 0) return { first: 0, last: 0 };
  let first = Infinity, last = 0;
  for (const time of times) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return { first, last };
}

/** What one part of a split holds. */
export interface PartSummary {
  readonly part: "train" | "validation" | "test";
  readonly events: number;
  /** Users with at least one event in the part. */
  readonly users: number;
  /** Those of them who did nothing in the parts before. */
  readonly newUsers: number;
  /** User-product pairs. */
  readonly pairs: number;
  /** Pairs that occurred in the parts before as well. */
  readonly repeatPairs: number;
}

/** How many users, events and repeated pairs fall into each part of a split, in the order of time. */
export function summarizeSplit(split: Split): PartSummary[] {
  return [
    summarizePart("train", split.train),
    summarizePart("validation", split.validation, split.train),
    summarizePart("test", split.test, split.trainAndValidation),
  ];
}

function summarizePart(
  part: PartSummary["part"],
  interactions: Interactions,
  before?: Interactions,
): PartSummary {
  let users = 0, newUsers = 0, pairs = 0, repeatPairs = 0;
  for (let user = 0; user < interactions.userIds.size; user++) {
    const items = new Set(historyOf(interactions, user).items);
    if (items.size === 0) continue;
    const known = new Set(before ? historyOf(before, user).items : []);
    users++;
    if (known.size === 0) newUsers++;
    pairs += items.size;
    repeatPairs += items.intersection(known).size;
  }
  return { part, events: interactions.items.length, users, newUsers, pairs, repeatPairs };
}

import type { RatioSums } from "../experiments/estimates.ts";
import { ratioOf } from "../experiments/estimates.ts";
import { type Effect, effectOf } from "../experiments/effect.ts";
import type { ClickCounts } from "./click_counts.ts";

/** How a version's clicks are judged. */
export interface JudgeOptions {
  /** How many periods the version is watched at most. */
  readonly periods: number;
  /** By which share its click-through may be below the one before. */
  readonly tolerance: number;
}

/** The fewest periods of a version that say something. */
export const LEAST_PERIODS = 20;

/** Sums without any period. */
export const NO_CLICKS: RatioSums = {
  units: 0,
  numerators: 0,
  numeratorSquares: 0,
  denominators: 0,
  denominatorSquares: 0,
  products: 0,
};

/**
 * Adds what was counted during a period: from one look at a service to the next. Nothing is added
 * if the version wasn't served all the time. A counter that is lower than before started anew.
 *
 * @returns The sums with one period more, or as they were if no list was shown.
 */
export function addPeriod(
  sums: RatioSums,
  version: string,
  looks: readonly { readonly before: ClickCounts; readonly now: ClickCounts }[],
): RatioSums {
  let lists = 0, clicks = 0;
  for (const { before, now } of looks) {
    if (before.version !== version || now.version !== version) continue;
    const isNew = now.lists < before.lists || now.clicks < before.clicks;
    lists += now.lists - (isNew ? 0 : before.lists);
    clicks += now.clicks - (isNew ? 0 : before.clicks);
  }
  if (lists === 0) return sums;
  return {
    units: sums.units + 1,
    numerators: sums.numerators + clicks,
    numeratorSquares: sums.numeratorSquares + clicks ** 2,
    denominators: sums.denominators + lists,
    denominatorSquares: sums.denominatorSquares + lists ** 2,
    products: sums.products + clicks * lists,
  };
}

/** How the click-through of a version compares to the one before. */
export interface Judgement {
  /** Absent if either has no periods with lists. */
  readonly effect?: Effect;
  /** Whether it is certainly worse, by more than the tolerance. */
  readonly isWorse: boolean;
}

/**
 * Compares a version's click-through to that of the version before. Periods are the independent
 * units, not lists: what varies from minute to minute, as users and offers do, is noise. The
 * interval holds however often one looks.
 */
export function judgeClicks(
  before: RatioSums,
  own: RatioSums,
  { periods, tolerance }: JudgeOptions,
): Judgement {
  if (Math.min(before.units, own.units) < 2) return { isWorse: false };
  const effect = effectOf(ratioOf(before), ratioOf(own), {
    narrowestAt: 2 * periods,
    least: LEAST_PERIODS,
  });
  return { effect, isWorse: (effect.relative?.high ?? Infinity) < -tolerance };
}

import { decayFactor } from "../../base/half_life.ts";
import type { Random } from "../../linalg/random.ts";
import type { SimulatedCatalogue } from "./catalogue.ts";
import { drawIndex, pareto } from "../parameters/distributions.ts";

/** By what somebody chooses: to look at it, or to put it into the cart. */
export type Choice = "view" | "cart";

/** What is asked for, as popularity drifts from day to day. */
export interface Demand {
  /** Moves on to a day, 0 being the first and where a demand begins. */
  setDay(day: number): void;
  /**
   * Draws one of the products from `from` up to `to`, the popular ones more often. There is always something to
   * draw from a niche.
   *
   * @returns The product, or -1 where none of them is on sale yet.
   */
  draw(choice: Choice, from: number, to: number): number;
}

/** How one series' popularity moves. */
interface Trend {
  /** Swing of a slow wave, in log units. */
  readonly swing: number;
  /** Length of the wave in days. */
  readonly period: number;
  /** Where the wave begins, from 0 to 1. */
  readonly phase: number;
  /** The first day on sale; far before 0 for what was always there. */
  readonly launch: number;
  /** The first day of a promotion, or the same far past. */
  readonly promotion: number;
}

const LONG_AGO = -1e6;
/** Shares of the series that are launched and promoted in a month, and the most there can be in any time. */
const LAUNCHED_A_MONTH = 0.08;
const PROMOTED_A_MONTH = 0.04;
const MOST = 0.4;
/** A new series begins at 6 times its later popularity; the surplus halves every five days. */
const NOVELTY = 5;
const NOVELTY_HALF_LIFE = 5;
const PROMOTION_DAYS = 4;
const PROMOTION_LIFT = 4;

/** Makes the demand for a catalogue's products over a period of days. */
export function createDemand(
  catalogue: SimulatedCatalogue,
  days: number,
  random: Random,
): Demand {
  const { popularity, seriesOf, appeal, size } = catalogue;
  const trends = inventTrends(catalogue, days, random);
  const sums: Record<Choice, Float64Array> = {
    view: new Float64Array(size.products + 1),
    cart: new Float64Array(size.products + 1),
  };
  function setDay(day: number): void {
    const factors = trends.map((trend) => factorOn(trend, day));
    for (let p = 0; p < size.products; p++) {
      const weight = popularity[p] * factors[seriesOf[p]];
      sums.view[p + 1] = sums.view[p] + weight;
      sums.cart[p + 1] = sums.cart[p] + weight * appeal[seriesOf[p]];
    }
  }
  setDay(0);
  return { setDay, draw: (choice, from, to) => drawIndex(random, sums[choice], from, to) };
}

function inventTrends(
  { category, seriesStart, nicheStart }: SimulatedCatalogue,
  days: number,
  random: Random,
): Trend[] {
  const happens = (aMonth: number): boolean => random.next() < Math.min(MOST, aMonth * days / 30);
  const first = new Set(nicheStart);
  return Array.from(category, (_, s) => ({
    swing: pareto(random, 0.25, 1.5, 1.5),
    period: 30 + 60 * random.next(),
    phase: random.next(),
    // The first series of a niche was always there, so that no niche is ever empty.
    launch: happens(LAUNCHED_A_MONTH) && !first.has(seriesStart[s])
      ? random.integer(days)
      : LONG_AGO,
    promotion: happens(PROMOTED_A_MONTH) ? random.integer(days) : LONG_AGO,
  }));
}

// factor = e^(swing · sin 2π(day / period + phase)) · (1 + novelty · 2^(-age / half-life)) · promotion
function factorOn({ swing, period, phase, launch, promotion }: Trend, day: number): number {
  if (day < launch) return 0;
  const wave = Math.exp(swing * Math.sin(2 * Math.PI * (day / period + phase)));
  const novelty = 1 + NOVELTY * decayFactor(day - launch, NOVELTY_HALF_LIFE);
  const promoted = day >= promotion && day < promotion + PROMOTION_DAYS;
  return wave * novelty * (promoted ? PROMOTION_LIFT : 1);
}

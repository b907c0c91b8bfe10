import { decayFactor } from "../../base/half_life.ts";
import type { Random } from "../../linalg/random.ts";
import type { SimulatedCatalogue } from "./catalogue.ts";
import { drawIndex, pareto } from "../parameters/distributions.ts";
import { MOST_LAUNCHES, type SimulationPlan } from "../parameters/options.ts";

/** What a product is chosen for: to view it, or to add it to the cart. */
export type Choice = "view" | "cart";

/** Which products are in demand, as popularity drifts from day to day. */
export interface Demand {
  /** Moves on to a day; the first, where a demand starts, is 0. */
  setDay(day: number): void;
  /**
   * Draws a product from `from` up to, but not including, `to`, in proportion to demand. A niche
   * always has a product on sale.
   *
   * @returns The product, or -1 if none of them is on sale yet.
   */
  draw(choice: Choice, from: number, to: number): number;
}

/** How one series' popularity moves. */
interface Trend {
  /** Amplitude of a slow wave, in log units. */
  readonly amplitude: number;
  /** Length of the wave in days. */
  readonly period: number;
  /** The wave's phase, from 0 to 1. */
  readonly phase: number;
  /** The first day on sale; far before 0 for series that were always on sale. */
  readonly launch: number;
  /** The first day of a promotion; far before 0 without one. */
  readonly promotion: number;
}

const LONG_AGO = -1e6;
/** The share of the series promoted per month, and the cap for longer periods. */
const PROMOTED_PER_MONTH = 0.04;
const MOST_PROMOTED = 0.4;
/** A new series starts at 6 times its later popularity; the excess halves every five days. */
const NOVELTY = 5;
const NOVELTY_HALF_LIFE = 5;
const PROMOTION_DAYS = 4;
const PROMOTION_LIFT = 4;

/** Creates the demand for a catalogue's products over a number of days. */
export function createDemand(
  catalogue: SimulatedCatalogue,
  plan: Pick<SimulationPlan, "days" | "launches">,
  random: Random,
): Demand {
  const { popularity, seriesOf, appeal, size } = catalogue;
  const trends = inventTrends(catalogue, plan, random);
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
  { days, launches }: Pick<SimulationPlan, "days" | "launches">,
  random: Random,
): Trend[] {
  const happens = (perMonth: number, most: number): boolean =>
    random.next() < Math.min(most, perMonth * days / 30);
  const first = new Set(nicheStart);
  return Array.from(category, (_, s) => ({
    amplitude: pareto(random, 0.25, 1.5, 1.5),
    period: 30 + 60 * random.next(),
    phase: random.next(),
    // A niche's first series was always on sale, so that no niche is ever empty.
    launch: happens(launches, MOST_LAUNCHES) && !first.has(seriesStart[s])
      ? random.integer(days)
      : LONG_AGO,
    promotion: happens(PROMOTED_PER_MONTH, MOST_PROMOTED) ? random.integer(days) : LONG_AGO,
  }));
}

// factor = e^(amplitude · sin 2π(day / period + phase)) · (1 + novelty · 2^(−age / half-life))
//          · lift of a promotion
function factorOn({ amplitude, period, phase, launch, promotion }: Trend, day: number): number {
  if (day < launch) return 0;
  const wave = Math.exp(amplitude * Math.sin(2 * Math.PI * (day / period + phase)));
  const novelty = 1 + NOVELTY * decayFactor(day - launch, NOVELTY_HALF_LIFE);
  const promoted = day >= promotion && day < promotion + PROMOTION_DAYS;
  return wave * novelty * (promoted ? PROMOTION_LIFT : 1);
}

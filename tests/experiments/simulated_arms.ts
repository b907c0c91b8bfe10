import type { MeanSums } from "../../src/experiments/estimates.ts";
import type { Random } from "../../src/linalg/random.ts";

/** Draws a unit's value, and what it had before. */
export type DrawUnit = (random: Random) => { value: number; before: number };

/** Sums that start without units. */
export type GrowingSums = { -readonly [Name in keyof MeanSums]: number };

export function noUnits(): GrowingSums {
  return { units: 0, values: 0, squares: 0, before: 0, beforeSquares: 0, products: 0 };
}

export function addUnit(sums: GrowingSums, value: number, before: number): void {
  sums.units++;
  sums.values += value;
  sums.squares += value * value;
  sums.before += before;
  sums.beforeSquares += before * before;
  sums.products += value * before;
}

/** One in twelve buys, for a log-normal sum: the revenue per user of a shop. */
export const drawRevenue: DrawUnit = (random) => ({
  value: random.next() < 1 / 12 ? Math.exp(random.normal()) : 0,
  before: 0,
});

/** Gives each unit to one of two arms at random, and looks at both after every `every` units. */
export function simulateArms(
  draw: DrawUnit,
  { units, every, added = 0, random }: {
    units: number;
    every: number;
    /** What the second arm adds to each value. */
    added?: number;
    random: Random;
  },
  look: (control: MeanSums, arm: MeanSums) => void,
): void {
  const control = noUnits(), arm = noUnits();
  for (let unit = 1; unit <= units; unit++) {
    const { value, before } = draw(random);
    if (random.next() < 0.5) addUnit(control, value, before);
    else addUnit(arm, value + added, before);
    if (unit % every === 0) look(control, arm);
  }
}

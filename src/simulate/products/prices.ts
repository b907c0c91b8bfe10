import { sum } from "../../base/statistics.ts";

/**
 * The distribution of viewed prices: the share of views at or below each price. The quartiles are
 * the real shop's; the rest is fitted to its mean, standard deviation and largest price.
 */
const QUANTILES: readonly (readonly [share: number, price: number])[] = [
  [0, 0.16],
  [0.05, 0.97],
  [0.25, 3.08],
  [0.5, 5.25],
  [0.75, 10.7],
  [0.9, 29],
  [0.97, 80],
  [0.995, 160],
  [1, 327.78],
];

/** Prices are round in the shop's own currency; its units per unit of the events' currency. */
const ROUBLES = 63;

/**
 * Prices every product so that views have the real shop's distribution of prices and prices keep
 * the order of `logPrices`.
 *
 * @param weights How often each is viewed.
 * @returns Prices above zero, rounded to hundredths; many are equal, because they are round in the
 * shop's own currency.
 */
export function assignPrices(
  logPrices: readonly number[],
  weights: readonly number[],
): Float64Array {
  const total = sum(weights);
  const order = logPrices.map((_, i) => i).sort((a, b) => logPrices[a] - logPrices[b]);
  const prices = new Float64Array(logPrices.length);
  let below = 0;
  for (const i of order) {
    prices[i] = roundPrice(priceAt((below + weights[i] / 2) / total));
    below += weights[i];
  }
  return prices;
}

function priceAt(share: number): number {
  const upper = Math.max(1, QUANTILES.findIndex(([at]) => at >= share));
  const [fromShare, fromPrice] = QUANTILES[upper - 1];
  const [toShare, toPrice] = QUANTILES[upper];
  const part = (share - fromShare) / (toShare - fromShare);
  return fromPrice * (toPrice / fromPrice) ** part;
}

/** Rounds to 10 roubles from 100 roubles up, to 5 below. */
function roundPrice(price: number): number {
  const roubles = price * ROUBLES;
  const step = roubles < 100 ? 5 : 10;
  return Math.round(100 * step * Math.round(roubles / step) / ROUBLES) / 100;
}

/**
 * How likely a viewer is to add a product of this price to the cart, relative to a free one: 0.92
 * at a price of 1, 0.32 at 5, 0.01 at 30.
 */
export function cheapness(price: number): number {
  return 1 / (1 + (price / 3.4) ** 2);
}

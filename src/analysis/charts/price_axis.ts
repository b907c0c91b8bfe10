/** A logarithmic price axis with ticks at 1, 2 and 5 times the powers of ten. */
export interface PriceAxis {
  readonly scale: { readonly type: "log"; readonly domain: [number, number]; readonly nice: false };
  readonly axis: { readonly values: number[]; readonly format: string; readonly grid: boolean };
  readonly title: string;
}

/**
 * Places the ticks of a price axis at 1, 2 and 5 times the powers of ten.
 *
 * @param low The lowest price on the axis, above 0.
 * @param high The highest price.
 */
export function priceAxis(low: number, high: number): PriceAxis {
  const values: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    values.push(...[1, 2, 5].map((digit) => Number(`${digit}e${power}`)));
  }
  return {
    scale: { type: "log", domain: [low, high], nice: false },
    axis: {
      values: values.filter((value) => value >= low && value <= high),
      format: "~g",
      grid: true,
    },
    title: "Price (shop's currency, logarithmic)",
  };
}

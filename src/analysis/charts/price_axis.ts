/** The logarithmic axis of price that charts share, marked at 1, 2 and 5 and their tens. */
export interface PriceAxis {
  readonly scale: { readonly type: "log"; readonly domain: [number, number]; readonly nice: false };
  readonly axis: { readonly values: number[]; readonly format: string; readonly grid: boolean };
  readonly title: string;
}

/**
 * Marks the prices between two at 1, 2 and 5 and their tens.
 *
 * @param low The lowest price drawn, above 0.
 * @param high The highest.
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

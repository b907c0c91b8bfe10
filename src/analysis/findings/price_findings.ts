import { formatPrice, formatShare } from "../../base/format.ts";

/** The median price of one type's events, with its 95% interval. */
export interface MedianPrice {
  readonly eventType: string;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** The conversion of products in a price range. */
export interface BandConversion {
  readonly from: number;
  readonly to: number;
  readonly conversion: { readonly share: number; readonly low: number; readonly high: number };
}

/** A price elasticity with its 95% interval. */
export interface PooledElasticity {
  readonly elasticity: number;
  readonly low: number;
  readonly high: number;
}

/** Says whether people buy cheaper or more expensive products than they view, beyond chance. */
export function priceFinding(quantiles: readonly MedianPrice[]): string {
  const find = (type: string) => quantiles.find(({ eventType }) => eventType === type);
  const [viewed, bought] = [find("view"), find("purchase")];
  if (!viewed && !bought) return "No view or purchase has a price.";
  if (!viewed || !bought) {
    const [only, known, missing] = viewed
      ? [viewed, "view", "purchase"]
      : [bought!, "purchase", "view"];
    return `The median price of a ${known} is ${
      formatPrice(only.median)
    }; no ${missing} has a price.`;
  }
  const figures = `the median price of a view is ${formatPrice(viewed.median)} (95% interval ${
    ends(viewed)
  }), of a purchase ${formatPrice(bought.median)} (${ends(bought)})`;
  if (viewed.low <= bought.high && bought.low <= viewed.high) {
    return `People may buy at the prices they view: ${figures}.`;
  }
  const how = bought.median < viewed.median ? "cheaper" : "more expensive";
  return `People buy ${how} products than they view: ${figures}.`;
}

function ends({ low, high }: MedianPrice): string {
  return `${formatPrice(low)} to ${formatPrice(high)}`;
}

/** The price bands that convert best and worst; absent if the difference may be chance. */
export function extremeBands(
  bands: readonly BandConversion[],
): { best: BandConversion; worst: BandConversion } | undefined {
  if (bands.length < 2) return undefined;
  const sorted = bands.toSorted((a, b) => b.conversion.share - a.conversion.share);
  const [best, worst] = [sorted[0], sorted.at(-1)!];
  return best.conversion.low > worst.conversion.high ? { best, worst } : undefined;
}

/** Says which price bands convert best and worst, if that is more than chance. */
export function bandFindings(bands: readonly BandConversion[]): string[] {
  if (bands.length < 2) return [];
  if (bands.every(({ conversion }) => conversion.share === 0)) {
    return ["No viewer of a product with a price buys it."];
  }
  const extremes = extremeBands(bands);
  if (!extremes) {
    return ["The intervals of all bands overlap: conversion may not depend on price."];
  }
  const { best, worst } = extremes;
  return [
    `Prices of ${bandText(best)} convert best, ${formatShare(best.conversion.share)}; those of ${
      bandText(worst)
    } worst, ${formatShare(worst.conversion.share)}. Their intervals don't overlap.`,
  ];
}

/** A band's prices: 1.35–2.06. */
export function bandText({ from, to }: BandConversion): string {
  return from === to ? formatPrice(from) : `${formatPrice(from)}–${formatPrice(to)}`;
}

/** Says how conversion differs with price within brands. */
export function elasticityFindings(pooled: PooledElasticity | undefined): string[] {
  if (!pooled) return ["No brand has enough products and buyers to tell."];
  const { elasticity, low, high } = pooled;
  const ends = `95% interval ${signed(low)} to ${signed(high)}`;
  if (low <= 0 && high >= 0) {
    return [
      `Within brands, conversion may not depend on price: the elasticity is ${
        signed(elasticity)
      } ` +
      `(${ends}).`,
    ];
  }
  return [
    `Within brands, a product at twice the price has ${
      (2 ** elasticity).toFixed(2)
    } times the conversion: the elasticity is ${signed(elasticity)} (${ends}).`,
  ];
}

function signed(value: number): string {
  return value.toFixed(2).replace("-", "−");
}

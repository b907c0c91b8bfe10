import { barsChart } from "../bars_chart.ts";
import type { ChartSpec, ChartText } from "../chart.ts";
import { FORMATS, PALETTE } from "../theme.ts";

/** The sales of a product or a brand. */
export interface SellerRow {
  /** What to call the product or brand. */
  readonly label: string;
  readonly sales: number;
  readonly revenue: number;
  readonly conversion: { readonly share: number; readonly low: number; readonly high: number };
}

const RANKINGS = {
  sales: {
    valueTitle: "Purchases",
    subtitle: "Number of purchases",
    format: FORMATS.count,
    color: PALETTE.green,
  },
  revenue: {
    valueTitle: "Revenue (shop's currency)",
    subtitle: "Sum of the prices paid",
    format: FORMATS.count,
    color: PALETTE.orange,
  },
  conversion: {
    valueTitle: "Viewers who buy",
    subtitle: "Share of a product's viewers who buy it; lines: 95% intervals",
    format: FORMATS.percent,
    color: PALETTE.skyBlue,
  },
};

/** The best sellers, in the order given, with the figure that ranks them. */
export function topSellersChart(
  sellers: readonly SellerRow[],
  { of, by, title = `Top ${of} by ${by}`, subtitle = RANKINGS[by].subtitle }: ChartText & {
    readonly of: "products" | "brands";
    readonly by: "sales" | "revenue" | "conversion";
  },
): ChartSpec {
  const bars = sellers.map(({ label, conversion, ...counts }) =>
    by === "conversion"
      ? { label, value: conversion.share, low: conversion.low, high: conversion.high }
      : { label, value: counts[by] }
  );
  const labelTitle = of === "brands" ? "Brand" : "Product";
  return barsChart(bars, { ...RANKINGS[by], title, subtitle, labelTitle });
}

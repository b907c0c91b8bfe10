import { formatCount, formatPrice, formatShare } from "../../base/format.ts";
import { capitalized, listed, outOf } from "./words.ts";

/** A best seller. */
export interface SellerCounts {
  readonly label: string;
  readonly sales: number;
  readonly revenue: number;
  readonly conversion: { readonly share: number; readonly low: number; readonly high: number };
}

/** Two products of the same sessions, more often than by chance. */
export interface PairCounts {
  readonly labelA: string;
  readonly labelB: string;
  readonly sessions: number;
  readonly lift: number;
  readonly low: number;
}

/** How unequally a kind of events is distributed over products. */
export interface TopShares {
  /** The share of the events of the most popular tenth. */
  readonly top10: number;
  /** The share of the products with any such event. */
  readonly reached: number;
}

/**
 * Says what part of all purchases or revenue the best sellers have.
 *
 * @param total Of all products.
 */
export function topSellersFindings(
  sellers: readonly SellerCounts[],
  { by, of, total }: {
    readonly by: "sales" | "revenue";
    readonly of: "products" | "brands";
    readonly total: number;
  },
): string[] {
  if (sellers.length === 0) {
    return total === 0 ? ["There are no purchases."] : [`None of the ${of} sold is known by name.`];
  }
  const what = by === "sales" ? "purchases" : "revenue";
  const share = sellers.reduce((sum, seller) => sum + seller[by], 0) / total;
  return [
    sellers.length === 1
      ? `${sellers[0].label} makes up ${formatShare(share)} of all ${what}.`
      : `These ${sellers.length} ${of} make up ${formatShare(share)} of all ${what}, ${
        sellers[0].label
      } alone ${formatShare(sellers[0][by] / total)}.`,
  ];
}

/** Says whether those that sell most by number and by revenue are the same, and at what price. */
export function revenueFinding(
  bySales: readonly SellerCounts[],
  byRevenue: readonly SellerCounts[],
): string[] {
  if (byRevenue.length < 2) return [];
  const names = new Set(bySales.map(({ label }) => label));
  const both = byRevenue.filter(({ label }) => names.has(label)).length;
  const price = (rows: readonly SellerCounts[]) =>
    formatPrice(
      rows.reduce((sum, { revenue }) => sum + revenue, 0) /
        rows.reduce((sum, { sales }) => sum + sales, 0),
    );
  return [
    `${capitalized(outOf(both, byRevenue.length))} are among the first by purchases too; their ` +
    `mean price paid is ${price(byRevenue)}, against ${price(bySales)}.`,
  ];
}

/**
 * Says which of the first by conversion may be as good as the first.
 *
 * @param minViewers How many viewers it takes to be ranked.
 */
export function conversionRankFindings(
  sellers: readonly SellerCounts[],
  { minViewers, of }: { readonly minViewers: number; readonly of: "product" | "brand" },
): string[] {
  if (sellers.length === 0) return [`No ${of} sold has ${formatCount(minViewers)} viewers.`];
  if (sellers.length === 1) return [`Only one ${of} sold has ${formatCount(minViewers)} viewers.`];
  const [first, ...others] = sellers;
  const near = others.filter(({ conversion }) => conversion.high >= first.conversion.low);
  return [
    near.length === 0
      ? `${first.label} leads beyond chance: its interval overlaps with no other.`
      : `The intervals of ${
        outOf(near.length, others.length)
      } others overlap with that of ${first.label}: the order may be chance.`,
  ];
}

/**
 * Says which of views and purchases is more concentrated. Where not even a tenth of the products is
 * bought, the most popular tenth has all purchases, which says nothing.
 */
export function concentrationFindings(views: TopShares, sales: TopShares): string[] {
  const viewed = !Number.isNaN(views.top10), bought = !Number.isNaN(sales.top10);
  const share = ({ top10 }: TopShares) => formatShare(top10);
  const few = sales.reached <= .1;
  const shares = [
    ...(viewed ? [`${share(views)} of views`] : []),
    ...(bought && !few ? [`${share(sales)} of purchases`] : []),
  ];
  const compared = shares.length < 2 || sales.top10 === views.top10
    ? ""
    : sales.top10 > views.top10
    ? ": purchases are more concentrated than views"
    : ": views are more concentrated than purchases";
  return [
    ...(shares.length > 0
      ? [`The most popular tenth of products gets ${listed(shares)}${compared}.`]
      : []),
    ...(bought ? [`${formatShare(sales.reached)} of products are bought at all.`] : []),
  ];
}

/** Says which pair of products is most related. */
export function pairFindings(pairs: readonly PairCounts[]): string[] {
  if (pairs.length === 0) return [];
  const { labelA, labelB, sessions, lift } = pairs[0];
  return [
    `${labelA} and ${labelB} share ${formatCount(sessions)} sessions, ${
      formatCount(lift)
    } times as many as by chance.`,
  ];
}

import { formatCount, formatCounted, formatShare } from "../../base/format.ts";

/** A funnel: how many sessions, users, or pairs of a user and a product, reached each stage. */
export interface FunnelCounts {
  readonly units: number;
  readonly viewed: number;
  readonly carted: number;
  readonly purchased: number;
  readonly viewedCarted: number;
  readonly viewedPurchased: number;
  readonly viewedCartedPurchased: number;
}

/** A funnel with what it counts: `session`, `user` or `pair`. */
export interface FunnelOfUnit extends FunnelCounts {
  readonly unit: string;
}

/** The conversion of sessions in a month or week. */
export interface PeriodConversion {
  readonly period: string;
  readonly conversion: number;
}

/** Says how many sessions end with a purchase, and where most are lost. */
export function funnelFindings(funnels: readonly FunnelOfUnit[]): string[] {
  const session = funnels.find(({ unit }) => unit === "session");
  if (!session || session.purchased === 0) return ["Nobody buys anything in these events."];
  const [toCart, toPurchase] = [lostBefore("cart", session), lostBefore("purchase", session)];
  return [
    `${formatShare(session.purchased / session.units)} of sessions end with a purchase.`,
    `Of the sessions with a view, ${
      formatShare(toCart)
    } put nothing into the cart; of those that ` +
    `do, ${formatShare(toPurchase)} don't buy. The larger loss is ${
      toCart > toPurchase ? "before" : "after"
    } the cart.`,
  ];
}

/** The share of sessions that don't go on to a stage, of those that reached the one before it. */
function lostBefore(stage: "cart" | "purchase", funnel: FunnelCounts): number {
  return stage === "cart"
    ? 1 - funnel.viewedCarted / funnel.viewed
    : 1 - funnel.viewedCartedPurchased / funnel.viewedCarted;
}

/** Says how many products reach the cart, or are bought, without a view. */
export function shortcutFinding(funnels: readonly FunnelOfUnit[]): string {
  const pair = funnels.find(({ unit }) => unit === "pair");
  if (!pair || pair.carted === 0) return "Nobody puts anything into the cart in these events.";
  const carts = pair.carted - pair.viewedCarted;
  const where = carts === 0
    ? "Every product that a user put into the cart was viewed by that user."
    : `${formatShare(carts / pair.carted)} of the products in a user's cart were never viewed by ` +
      "that user: they come from a list, or from before the data begins.";
  if (pair.purchased === 0) return where;
  const unviewed = 1 - pair.viewedPurchased / pair.purchased;
  return unviewed === 0
    ? `${where} The same holds for every product bought.`
    : `${where} Of the products bought, ${formatShare(unviewed)} were never viewed.`;
}

/** Says how the conversion of sessions changed from the first period to the last. */
export function conversionOverTimeFindings(
  periods: readonly PeriodConversion[],
  per: "month" | "week",
): string[] {
  if (periods.length < 2) return [];
  const sorted = periods.toSorted((a, b) => a.conversion - b.conversion);
  const [lowest, highest] = [sorted[0], sorted.at(-1)!];
  if (highest.conversion === lowest.conversion) {
    return [`${formatShare(lowest.conversion)} of sessions end with a purchase in every ${per}.`];
  }
  return [
    `The ${per} of ${highest.period} converts best, ${formatShare(highest.conversion)} of its ` +
    `sessions; that of ${lowest.period} worst, ${formatShare(lowest.conversion)}.`,
  ];
}

/** What more sessions at one stage of the funnel would be worth. */
export interface Leak {
  readonly stage: "cart" | "purchase";
  /** The share lost before the stage, of the sessions that reached the one before. */
  readonly lost: number;
  /** The sessions of one percentage point. */
  readonly sessions: number;
  /** Their revenue, if they go on to buy as the others do. */
  readonly revenue: number;
}

/**
 * Values one percentage point less of each loss: those sessions go on as the others do, and spend
 * as much as the sessions that buy do on average.
 *
 * @param funnel Of sessions.
 * @param revenue Of all purchases.
 * @returns The point worth more first; none without purchases.
 */
export function leaksOf(funnel: FunnelCounts, revenue: number): Leak[] {
  const { viewed, viewedCarted, viewedCartedPurchased, purchased } = funnel;
  if (viewedCartedPurchased === 0 || purchased === 0) return [];
  const perBuyer = revenue / purchased;
  const leaks: Leak[] = [
    {
      stage: "cart",
      lost: lostBefore("cart", funnel),
      sessions: viewed / 100,
      revenue: viewed / 100 * viewedCartedPurchased / viewedCarted * perBuyer,
    },
    {
      stage: "purchase",
      lost: lostBefore("purchase", funnel),
      sessions: viewedCarted / 100,
      revenue: viewedCarted / 100 * perBuyer,
    },
  ];
  return leaks.sort((a, b) => b.revenue - a.revenue);
}

/** Says what a point of a leak is worth, and at the other one. */
export function leakText([first, second]: readonly Leak[], revenue: number): string {
  const [before, after] = [
    `${formatShare(first.lost)} of the sessions that view put nothing into the cart`,
    `${formatShare(first.lost)} of the sessions with a cart don't buy`,
  ];
  const isBefore = first.stage === "cart";
  return `Fix the funnel ${isBefore ? "before" : "after"} the cart first: ${
    isBefore ? before : after
  }. One percentage point fewer means ${formatCounted(first.sessions, "more session")} that ${
    isBefore ? "fill a cart" : "buy"
  }, worth ${formatCount(first.revenue)} in revenue (${
    formatShare(first.revenue / revenue)
  }). A point ${isBefore ? "after" : "before"} the cart is worth ${formatCount(second.revenue)}.`;
}

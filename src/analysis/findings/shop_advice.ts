import { formatCount, formatCounted, formatShare } from "../../base/format.ts";
import { type FunnelOfUnit, leaksOf, leakText } from "./funnel_findings.ts";
import { type BandConversion, bandText, extremeBands } from "./price_findings.ts";
import type { PairCounts, TopShares } from "./seller_findings.ts";
import type { RepeatCounts, SessionCounts } from "./visit_findings.ts";

/** What the advice to a shop is computed from. */
export interface ShopFigures {
  readonly funnels: readonly FunnelOfUnit[];
  /** Of all purchases. */
  readonly revenue: number;
  readonly bands: readonly BandConversion[];
  /** Products bought together, and viewed together, beyond chance. */
  readonly bought: readonly PairCounts[];
  readonly viewed: readonly PairCounts[];
  readonly sessions: SessionCounts;
  readonly repeats: { readonly buyers: RepeatCounts };
  readonly sales: TopShares;
}

/** Says what the shop should do, in three to five sentences with figures. */
export function shopAdvice(figures: ShopFigures): string[] {
  return [
    ...leakAdvice(figures),
    priceAdvice(figures),
    cartAdvice(figures),
    ...audienceAdvice(figures),
  ];
}

function leakAdvice({ funnels, revenue }: ShopFigures): string[] {
  const session = funnels.find(({ unit }) => unit === "session");
  if (!session || session.purchased === 0) {
    return ["Record purchases, or export them too: without them, no leak has a price."];
  }
  const leaks = leaksOf(session, revenue);
  return leaks.length > 0 ? [leakText(leaks, revenue)] : [
    `Collect more events: none of the ${
      formatCounted(session.purchased, "session")
    } with a purchase has ` +
    "a view and a cart too, so no leak has a price.",
  ];
}

function priceAdvice({ bands }: ShopFigures): string {
  const extremes = extremeBands(bands);
  if (!extremes) {
    return "Don't sort lists by price: no price band converts better than another beyond chance.";
  }
  const { best, worst } = extremes;
  return `Where lists must be sorted, put prices of ${bandText(best)} first: ${
    formatShare(best.conversion.share)
  } of their viewers buy, against ${formatShare(worst.conversion.share)} for ${bandText(worst)}.`;
}

function cartAdvice({ bought, viewed }: ShopFigures): string {
  const [pair] = bought;
  if (pair) {
    return `Beside ${pair.labelA} in the cart, show ${pair.labelB}: they are bought together in ${
      formatCount(pair.sessions)
    } sessions, at least ${formatCount(pair.low)} times as many as by chance.`;
  }
  const [alike] = viewed;
  if (alike) {
    return `Beside ${alike.labelA}, show ${alike.labelB}: no two products are bought together ` +
      `beyond chance, but these are viewed together in ${formatCount(alike.sessions)} sessions.`;
  }
  return "Beside the cart, show each user's own list: no two products go together beyond chance.";
}

function audienceAdvice({ sessions, repeats, sales }: ShopFigures): string[] {
  const once = sessions.bins[0].share;
  const popular = sales.reached > .1
    ? `; the most popular tenth has ${formatShare(sales.top10)} of purchases`
    : "";
  return [
    `Show popular products to newcomers: ${formatShare(once)} of users come once${popular}. ` +
    `Show the ${formatShare(1 - once)} who return a list of their own.`,
    ...(repeats.buyers.repeated > 0
      ? [
        `Write to buyers, since ${formatShare(repeats.buyers.share)} of ${
          formatCount(repeats.buyers.all)
        } buy again in another session.`,
      ]
      : []),
  ];
}

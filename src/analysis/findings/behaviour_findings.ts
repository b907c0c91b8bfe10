import { formatPrice, formatShare } from "../../base/format.ts";

/** The data that {@linkcode behaviourFindings} describes. */
export interface BehaviourFacts {
  /** By unit: `session`, `user` and `pair`. */
  readonly funnels: readonly {
    readonly unit: string;
    readonly purchased: number;
    readonly viewedPurchased: number;
    readonly conversion: number;
    readonly abandonment: number;
  }[];
  /** By type of event. */
  readonly quantiles: readonly { readonly eventType: string; readonly median: number }[];
  /** By number of sessions; the first bin holds users with one. */
  readonly sessions: { readonly bins: readonly { readonly share: number }[] };
  readonly repeats: { readonly buyers: { readonly share: number } };
  /** How concentrated views and sales are. */
  readonly views: { readonly top10: number };
  readonly sales: { readonly top10: number };
}

/** Describes how users behave, in sentences. */
export function behaviourFindings(
  { funnels, quantiles, sessions, repeats, views, sales }: BehaviourFacts,
): string[] {
  const unit = (name: string) => funnels.find(({ unit }) => unit === name);
  const { conversion = NaN, abandonment = NaN } = unit("session") ?? {};
  const { purchased = NaN, viewedPurchased = NaN } = unit("pair") ?? {};
  const median = (type: string) =>
    quantiles.find(({ eventType }) => eventType === type)?.median ?? NaN;
  return [
    `${formatShare(conversion)} of sessions lead to a purchase; of those with a cart, ${
      formatShare(abandonment)
    } don't.`,
    `${
      formatShare(1 - viewedPurchased / purchased)
    } of the products that a user bought were never viewed ` +
    "by that user.",
    `The median price of a view is ${formatPrice(median("view"))}, of a purchase ${
      formatPrice(median("purchase"))
    }.`,
    `${formatShare(sessions.bins[0].share)} of users have a single session; ${
      formatShare(repeats.buyers.share)
    } of buyers buy in a second one.`,
    `The most popular tenth of products gets ${formatShare(views.top10)} of views and ${
      formatShare(sales.top10)
    } of purchases.`,
  ];
}

import { formatCount, formatPrice, formatShare } from "../../base/format.ts";
import { type MetricSeries, readMetrics } from "../figures/metrics_text.ts";
import { ScrollTable } from "../frame/scroll_table.tsx";
import type { Site } from "../visit/site.ts";

/** What came of the lists of a placement and a model. */
export interface OnlineRow {
  /** Empty for lists without a placement. */
  readonly placement: string;
  readonly model: string;
  readonly shown: number;
  /** Products of these lists that were clicked, put into the cart, bought. */
  readonly clicks: number;
  readonly carts: number;
  readonly purchases: number;
  readonly revenue: number;
}

const METRICS = {
  shown: "recommender_impressions_total",
  clicks: "recommender_clicks_total",
  carts: "recommender_carts_total",
  purchases: "recommender_purchases_total",
  revenue: "recommender_revenue_total",
} as const;

/** What came of lists by placement and model, all arms together; those shown most first. */
export function onlineRows(metrics: MetricSeries): OnlineRow[] {
  const rows = new Map<string, Record<keyof typeof METRICS, number> & { labels: string[] }>();
  for (const [column, metric] of Object.entries(METRICS)) {
    for (const { labels: { placement, model }, value } of metrics.get(metric) ?? []) {
      const key = JSON.stringify([placement, model]);
      const row = rows.get(key) ??
        { labels: [placement, model], shown: 0, clicks: 0, carts: 0, purchases: 0, revenue: 0 };
      row[column as keyof typeof METRICS] += value;
      rows.set(key, row);
    }
  }
  return Array.from(
    rows.values(),
    ({ labels: [placement, model], ...counts }) => ({ placement, model, ...counts }),
  ).toSorted((a, b) => b.shown - a.shown);
}

/** What came of lists since the service started, by placement and model. */
export function Online({ api: { shop } }: Pick<Site, "api">) {
  const rows = onlineRows(readMetrics(shop.metrics.online.toText()));
  return (
    <section aria-labelledby="online">
      <h2 id="online">What came of lists</h2>
      {rows.every(({ shown }) => shown === 0)
        ? <p>No list was shown since this server started.</p>
        : (
          <ScrollTable
            caption="Since this server started, by placement and model"
            titles={["Placement", "Model", "Lists shown", "Clicks", "Clicks per list", ...LATER]}
            rows={rows.map(({ placement, model, shown, clicks, carts, purchases, revenue }) => [
              placement || "none",
              model,
              ...[shown, clicks].map(formatCount),
              formatShare(clicks / shown),
              ...[carts, purchases].map(formatCount),
              formatPrice(revenue),
            ])}
          />
        )}
    </section>
  );
}

const LATER = ["Carts", "Purchases", "Revenue"];

import type { CertainRow } from "./certainty.ts";
import { LIST_METRICS, type ListMetric } from "./list_metrics.ts";

/** One metric of one model with its 95% interval. */
export interface MetricInterval {
  readonly model: string;
  /** Its title, for example `NDCG@10`. */
  readonly metric: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * One line per metric and model, metric by metric; none if no user was measured.
 */
export function metricIntervals(
  rows: readonly CertainRow[],
  metrics: readonly ListMetric[],
): MetricInterval[] {
  return metrics.flatMap((name) =>
    rows.flatMap(({ model, k, low, high, ...row }) =>
      low && high
        ? [{
          model,
          metric: `${LIST_METRICS[name].title}@${k}`,
          value: row[name],
          low: low[name],
          high: high[name],
        }]
        : []
    )
  );
}

import { median } from "../../../src/base/statistics.ts";

/** The median of each metric over several runs; every run has the metrics of the first. */
export function medians<Metric extends string>(
  runs: readonly Readonly<Record<Metric, number>>[],
): Record<Metric, number> {
  const metrics = Object.keys(runs[0]) as Metric[];
  return Object.fromEntries(
    metrics.map((metric) => [metric, median(runs.map((run) => run[metric]))]),
  ) as Record<Metric, number>;
}

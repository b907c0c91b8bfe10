/** The middle value; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median of each metric over several runs; every run has the metrics of the first. */
export function medians<Metric extends string>(
  runs: readonly Readonly<Record<Metric, number>>[],
): Record<Metric, number> {
  const metrics = Object.keys(runs[0]) as Metric[];
  return Object.fromEntries(
    metrics.map((metric) => [metric, median(runs.map((run) => run[metric]))]),
  ) as Record<Metric, number>;
}

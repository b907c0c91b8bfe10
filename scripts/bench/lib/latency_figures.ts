/**
 * How many lists a core makes a second, and the 50th, 95th and 99th percentile of their times.
 *
 * @param times Of each list, in milliseconds.
 * @param cpuSeconds The CPU time of all.
 */
export function latencyFigures(
  times: readonly number[],
  cpuSeconds: number,
): Record<string, number> {
  const sorted = times.toSorted((a, b) => a - b);
  const percentile = (share: number) => sorted[Math.floor(share * sorted.length)];
  return {
    lists_per_core: times.length / cpuSeconds,
    p50_ms: percentile(0.5),
    p95_ms: percentile(0.95),
    p99_ms: percentile(0.99),
  };
}

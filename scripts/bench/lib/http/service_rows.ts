import type { BenchRow } from "../results.ts";
import type { Figures } from "./service_measures.ts";

/** Units by metric; the others are shares. */
const UNITS: Readonly<Record<string, string>> = {
  requests_per_second: "1/s",
  requests_per_core: "1/s",
  events_per_second: "1/s",
  events_per_core: "1/s",
  lists_per_core: "1/s",
  look_ups_per_core: "1/s",
  users_per_second: "1/s",
  seconds: "s",
  cpu_seconds: "s",
  cpu_ms_per_user: "ms",
  p50_ms: "ms",
  p95_ms: "ms",
  p99_ms: "ms",
  p99_after_ms: "ms",
  ready_ms: "ms",
  resident_mb: "MB",
  after_load_mb: "MB",
  memory_growth_mb: "MB",
  size_mb: "MB",
  artifact_mb: "MB",
  shards_mb: "MB",
  bytes_per_event: "B",
  index_mb: "MB",
  after_lists_mb: "MB",
  peak_mb: "MB",
};

/** The figures of one thing that was measured. */
export interface Measured {
  readonly name: string;
  readonly figures: Figures;
  /** Another program at the same work, and its figures. */
  readonly peer?: { readonly name: string; readonly figures: Figures };
}

/** One row for each figure. */
export function toRows(
  bench: string,
  measured: readonly Measured[],
  options: object,
): BenchRow[] {
  return measured.flatMap(({ name, figures, peer }) =>
    Object.entries(figures).map(([metric, value]) => ({
      bench,
      name,
      metric,
      value,
      unit: unitOf(metric),
      ...(peer && metric in peer.figures &&
        { peer: peer.name, peerValue: peer.figures[metric] }),
      options,
    }))
  );
}

function unitOf(metric: string): string {
  return UNITS[metric] ?? (metric.endsWith("_seconds") ? "s" : "share");
}

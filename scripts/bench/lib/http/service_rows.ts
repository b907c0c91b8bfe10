import { median } from "../../../../src/base/statistics.ts";
import type { BenchRow } from "../results.ts";
import type { Figures } from "./service_measures.ts";

/** By metric; those that aren't there count things. */
const UNITS: Readonly<Record<string, string>> = {
  requests_per_second: "1/s",
  requests_per_core: "1/s",
  events_per_second: "1/s",
  events_per_core: "1/s",
  p50_ms: "ms",
  p99_ms: "ms",
  p99_after_ms: "ms",
  ready_ms: "ms",
  resident_mb: "MB",
  after_load_mb: "MB",
  memory_growth_mb: "MB",
  size_mb: "MB",
};

/** What was measured of one thing. */
export interface Measured {
  readonly name: string;
  readonly figures: Figures;
  /** Who did the same, and its figures. */
  readonly peer?: { readonly name: string; readonly figures: Figures };
}

/** A row for each figure. */
export function toRows(measured: readonly Measured[], options: object): BenchRow[] {
  return measured.flatMap(({ name, figures, peer }) =>
    Object.entries(figures).map(([metric, value]) => ({
      bench: "http",
      name,
      metric,
      value,
      unit: UNITS[metric] ?? "share",
      ...(peer && metric in peer.figures &&
        { peer: peer.name, peerValue: peer.figures[metric] }),
      options,
    }))
  );
}

/** The median of each figure of several runs. */
export function medians(runs: readonly Figures[]): Figures {
  return Object.fromEntries(
    Object.keys(runs[0]).map((metric) => [metric, median(runs.map((run) => run[metric]))]),
  );
}

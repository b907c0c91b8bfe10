import { formatTable } from "../../../lib/tables/table.ts";
import type { Figures } from "../http/service_measures.ts";
import type { Measured } from "../http/service_rows.ts";

/** What a figure is called in the table, and its decimals. */
const PARTS: Readonly<Record<string, (value: number) => string>> = {
  seconds: (value) => `${value.toFixed(1)} s`,
  clean_seconds: (value) => `clean ${value.toFixed(1)} s`,
  validation_seconds: (value) => `validation ${value.toFixed(1)} s`,
  test_seconds: (value) => `test ${value.toFixed(1)} s`,
  final_seconds: (value) => `final ${value.toFixed(1)} s`,
  users_measured: (value) => `${value} users measured`,
  models: (value) => `${value} models`,
  p50_ms: (value) => `p50 ${value.toPrecision(3)} ms`,
  p95_ms: (value) => `p95 ${value.toPrecision(3)} ms`,
  p99_ms: (value) => `p99 ${value.toPrecision(3)} ms`,
  requests_per_second: (value) => `${Math.round(value)} per second`,
  requests_per_core: (value) => `${Math.round(value)} per second and core`,
  ready_ms: (value) => `${Math.round(value)} ms until it serves`,
  resident_mb: (value) => `resident ${Math.round(value)} MB`,
  artifact_mb: (value) => `artifact ${Math.round(value)} MB`,
};

const ABSENT = "";

/**
 * Formats what was measured: a row for each thing a user does, with its CPU time and peak memory;
 * for lists, CPU time is that of one list. Rows of a peer follow those of the project.
 */
export function formatMonth(measured: readonly Measured[]): string {
  const rows = measured.flatMap(({ name, figures, peer }) => [
    rowOf(name, figures),
    ...(peer ? [rowOf(`the same with ${peer.name}`, peer.figures)] : []),
  ]);
  return formatTable(["what a user does", "measured", "CPU", "peak memory"], rows, {
    align: "left",
  });
}

function rowOf(name: string, figures: Figures): string[] {
  const parts = Object.entries(PARTS).filter(([metric]) => metric in figures)
    .map(([metric, format]) => format(figures[metric]));
  return [name, parts.join(", "), cpuOf(figures), peakOf(figures)];
}

function cpuOf({ cpu_seconds, requests_per_core }: Figures): string {
  if (cpu_seconds !== undefined) return `${cpu_seconds.toFixed(1)} s`;
  return requests_per_core === undefined
    ? ABSENT
    : `${(1000 / requests_per_core).toPrecision(3)} ms a list`;
}

function peakOf({ peak_mb }: Figures): string {
  return peak_mb === undefined ? ABSENT : `${Math.round(peak_mb)} MB`;
}

/** One series of a metric: its labels and its value. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The series of each metric, by the metric's name. */
export type MetricSeries = ReadonlyMap<string, readonly Series[]>;

/**
 * Reads metrics in the text format of Prometheus, as this service writes them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const metrics = readMetrics('# TYPE lists_total counter\nlists_total{model="als"} 3\n');
 * assertEquals(metrics.get("lists_total"), [{ labels: { model: "als" }, value: 3 }]);
 * ```
 */
export function readMetrics(text: string): MetricSeries {
  const metrics = new Map<string, Series[]>();
  for (const [, name, labels = "", value] of text.matchAll(LINE)) {
    const series = metrics.get(name) ?? [];
    metrics.set(name, series);
    series.push({ labels: readLabels(labels), value: Number(value) });
  }
  return metrics;
}

const LINE = /^(\w+)(?:\{(.*)\})? (\S+)$/gm;

function readLabels(text: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(
      text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g),
      ([, name, value]) => [name, value.replaceAll(/\\(.)/g, unescaped)],
    ),
  );
}

function unescaped(_: string, letter: string): string {
  return letter === "n" ? "\n" : letter;
}

import { type Labels, labelsText, metricText } from "./counter.ts";

/** One series of a {@linkcode Histogram}. */
export interface Spread {
  readonly labels: Labels;
  /** How many values each bucket holds, those above all bounds last; not cumulative. */
  readonly counts: Uint32Array;
  sum: number;
}

/**
 * A Prometheus histogram: for each combination of labels how many values fall in which bucket.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const seconds = new Histogram("seconds", "Duration", [0.1, 1]);
 * for (const value of [0.1, 0.5, 3]) seconds.observe({}, value);
 * assertEquals(seconds.toText().split("\n").slice(2, -1), [
 *   'seconds_bucket{le="0.1"} 1',
 *   'seconds_bucket{le="1"} 2',
 *   'seconds_bucket{le="+Inf"} 3',
 *   "seconds_sum 3.6",
 *   "seconds_count 3",
 * ]);
 * ```
 */
export class Histogram {
  readonly #series = new Map<string, Spread>();

  /**
   * @param help One line that says what is observed.
   * @param bounds The upper bound of each bucket, inclusive, ascending.
   */
  constructor(readonly name: string, readonly help: string, readonly bounds: readonly number[]) {}

  /** Adds a value to a series. Each combination of labels stays in memory, so there must be few. */
  observe(labels: Labels, value: number): void {
    this.count(this.series(labels), value);
  }

  /** One series, to count without looking it up each time. */
  series(labels: Labels): Spread {
    const key = labelsText(labels);
    let series = this.#series.get(key);
    if (!series) {
      series = { labels, counts: new Uint32Array(this.bounds.length + 1), sum: 0 };
      this.#series.set(key, series);
    }
    return series;
  }

  /** Adds a value to a series. */
  count(series: Spread, value: number): void {
    let bucket = 0;
    while (bucket < this.bounds.length && value > this.bounds[bucket]) bucket++;
    series.counts[bucket]++;
    series.sum += value;
  }

  /** All series in the text format of Prometheus, their buckets cumulative. */
  toText(): string {
    const lines = Array.from(this.#series.values(), (series) => this.#lines(series));
    return metricText({ name: this.name, help: this.help, type: "histogram" }, lines.flat());
  }

  #lines({ labels, counts, sum }: Spread): string[] {
    let total = 0;
    const buckets = Array.from(counts, (count, i) => {
      const le = i < this.bounds.length ? this.bounds[i] : "+Inf";
      return `${this.name}_bucket${labelsText({ ...labels, le })} ${total += count}\n`;
    });
    const text = labelsText(labels);
    return [...buckets, `${this.name}_sum${text} ${sum}\n`, `${this.name}_count${text} ${total}\n`];
  }
}

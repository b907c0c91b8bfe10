/** The labels that identify one series of a metric, by name. */
export type Labels = Readonly<Record<string, string | number>>;

/** One series of a {@linkcode Counter}. */
export interface Count {
  value: number;
}

/**
 * A Prometheus counter: for each combination of labels a number that only grows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const lists = new Counter("lists_total", "Lists computed");
 * lists.add({ model: "als" });
 * lists.add({ model: "als" }, 2);
 * assertEquals(lists.toText().split("\n")[2], 'lists_total{model="als"} 3');
 * ```
 */
export class Counter {
  readonly #series = new Map<string, Count>();

  /** @param help One line that says what is counted. */
  constructor(readonly name: string, readonly help: string) {}

  /** Adds to a series. Each combination of labels stays in memory, so there must be few. */
  add(labels: Labels = {}, count = 1): void {
    this.series(labels).value += count;
  }

  /** One series, to count without looking it up each time. */
  series(labels: Labels): Count {
    const key = labelsText(labels);
    let series = this.#series.get(key);
    if (!series) this.#series.set(key, series = { value: 0 });
    return series;
  }

  /** All series in the text format of Prometheus, in the order of their first use. */
  toText(): string {
    const lines = Array.from(
      this.#series,
      ([labels, { value }]) => `${this.name}${labels} ${value}\n`,
    );
    return metricText({ name: this.name, help: this.help, type: "counter" }, lines);
  }
}

/** A gauge in the text format of Prometheus: one current value. */
export function gaugeText(name: string, help: string, value: number, labels: Labels = {}): string {
  return metricText({ name, help, type: "gauge" }, [`${name}${labelsText(labels)} ${value}\n`]);
}

/** A metric in the text format of Prometheus: its help and type, then its lines. */
export function metricText(
  { name, help, type }: { name: string; help: string; type: string },
  lines: readonly string[],
): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

/** `{ model: "als", k: 3 }` → `{model="als",k="3"}` */
export function labelsText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(String(value))}"`);
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}

function escape(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

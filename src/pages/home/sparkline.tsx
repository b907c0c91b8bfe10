/** In pixels at the natural size; the drawing scales with its place. */
const WIDTH = 240;
const HEIGHT = 48;

/**
 * A small line chart with a title and its latest value as text, which screen readers read instead.
 *
 * @param values Oldest first; undefined where nothing was measured.
 * @param latest The latest value, formatted.
 */
export function Sparkline(
  { title, values, latest, note }: {
    title: string;
    values: readonly (number | undefined)[];
    latest: string;
    note: string;
  },
) {
  const largest = Math.max(0, ...values.map((value) => value ?? 0));
  return (
    <div class="spark">
      <h3>{title}</h3>
      <p class="figure">{latest}</p>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path class="base" d={`M0 ${HEIGHT - 1}H${WIDTH}`} />
        <path class="line" d={linePath(values, largest)} />
      </svg>
      <p class="faint">{note}</p>
    </div>
  );
}

/**
 * The path of a line within 240 × 48, interrupted where there is no value.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(linePath([0, 5, undefined, 10], 10), "M0 46L80 24M240 2");
 * ```
 */
export function linePath(values: readonly (number | undefined)[], largest: number): string {
  const step = WIDTH / Math.max(1, values.length - 1);
  return values.map((value, i) => {
    if (value === undefined) return "";
    const y = HEIGHT - 2 - (largest > 0 ? value / largest : 0) * (HEIGHT - 4);
    const begins = i === 0 || values[i - 1] === undefined;
    return `${begins ? "M" : "L"}${Math.round(i * step)} ${Math.round(y)}`;
  }).join("");
}

import type { Effect } from "./answers.ts";
import type { Verdict } from "./verdict.ts";

/** In pixels at the natural size; the drawing scales with its place. */
const WIDTH = 240;
const HEIGHT = 24;

/**
 * An interval with its estimate, drawn around zero, which is in the middle. An interval without
 * bounds is as wide as the drawing. Screen readers read the text beside it.
 *
 * @param kind Its colour.
 * @param largest What the distance from the middle to either end stands for.
 */
export function IntervalBar(
  { effect: { difference }, kind, largest }: {
    effect: Effect;
    kind: Verdict["kind"];
    largest: number;
  },
) {
  const { estimate, low, high } = difference;
  const left = low === undefined ? 0 : placeOf(low, largest);
  const right = high === undefined ? WIDTH : placeOf(high, largest);
  return (
    <svg
      class="interval"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path class="base" d={`M${WIDTH / 2} 0V${HEIGHT}`} />
      <rect class={kind} x={left} y="8" width={Math.max(1, right - left)} height="8" />
      <path class="estimate" d={`M${placeOf(estimate, largest)} 3V${HEIGHT - 3}`} />
    </svg>
  );
}

/**
 * Where a difference is within 240 pixels; those beyond the largest are at an end.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([-2, 0, 1, 3].map((value) => placeOf(value, 2)), [2, 120, 179, 238]);
 * ```
 */
export function placeOf(difference: number, largest: number): number {
  const share = largest > 0 ? Math.max(-1, Math.min(1, difference / largest)) : 0;
  return Math.round(WIDTH / 2 + share * (WIDTH / 2 - 2));
}

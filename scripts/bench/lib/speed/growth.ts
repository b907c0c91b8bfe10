import { formatMillions } from "../../../../src/base/format.ts";
import type { BenchRow } from "../results.ts";
import type { Walk } from "./growth_once.ts";

/** A walk through the whole road with so many events. */
export interface SizedWalk extends Walk {
  readonly events: number;
}

/** The stretches that are told apart, and the beginnings of the names of the stages that belong to them. */
const STRETCHES = {
  "clean": "Reading and cleaning",
  "train and evaluate": "Fitting and measuring",
  "fit and export": "Fitting",
} as const;

/** One of the stretches that a walk is made of. */
export type Stretch = keyof typeof STRETCHES;

/** The stretches, in the order in which they are walked. */
export const STRETCH_NAMES = Object.keys(STRETCHES) as readonly Stretch[];

/** How long each stretch took, in seconds. */
export function stretchesOf({ stages }: Pick<Walk, "stages">): Record<Stretch, number> {
  const seconds = { "clean": 0, "train and evaluate": 0, "fit and export": 0 };
  for (const stage of stages) {
    const stretch = STRETCH_NAMES.find((name) => stage.name.startsWith(STRETCHES[name]));
    if (stretch) seconds[stretch] += stage.seconds;
  }
  return seconds;
}

/** What must grow with the events and no faster. */
export const GROWING = {
  "seconds of processors": ({ cpuSeconds }: Walk) => cpuSeconds,
  "peak memory": ({ peakBytes }: Walk) => peakBytes,
} as const;

/** How much one figure grew from a size to the next. */
export interface Growth {
  readonly figure: keyof typeof GROWING;
  readonly from: number;
  readonly to: number;
  /** The figure for each event at the larger size, divided by that at the smaller one: 1 where it grows as the events do. */
  readonly ratio: number;
}

/** A figure is linear that grows at most so much faster than the events from one size to the next. */
export const LINEAR = 1.2;

/** How every figure grew from each size to the next. */
export function growthOf(walks: readonly SizedWalk[]): Growth[] {
  const sorted = walks.toSorted((a, b) => a.events - b.events);
  const figures = Object.keys(GROWING) as (keyof typeof GROWING)[];
  return figures.flatMap((figure) =>
    sorted.slice(1).map((larger, i) => {
      const smaller = sorted[i];
      const each = (walk: SizedWalk) => GROWING[figure](walk) / walk.events;
      return {
        figure,
        from: smaller.events,
        to: larger.events,
        ratio: each(larger) / each(smaller),
      };
    })
  );
}

/** Says of each figure whether it is linear, and the most it grew beside the events. */
export function describeGrowth(walks: readonly SizedWalk[]): string {
  const byFigure = Map.groupBy(growthOf(walks), ({ figure }) => figure);
  return [...byFigure].map(([figure, growths]) => {
    const worst = growths.reduce((a, b) => b.ratio > a.ratio ? b : a);
    const verdict = worst.ratio <= LINEAR ? "linear" : "not linear";
    return `${figure}: ${verdict}, at most ${
      worst.ratio.toFixed(2)
    } times as much for each event ` +
      `from one size to the next (${millions(worst.from)} to ${millions(worst.to)})`;
  }).join("\n");
}

/** `4M`, `0.3M`. */
export function millions(events: number): string {
  return formatMillions(events);
}

/** The figures of each size, for the table and for JSON. */
export function growthRows(walks: readonly SizedWalk[], options: object): BenchRow[] {
  return walks.flatMap((walk) => {
    const { seconds, cpuSeconds, peakBytes, events } = walk;
    const metrics: [string, number, string][] = [
      ...Object.entries(stretchesOf(walk)).map(
        ([name, value]): [string, number, string] => [name, value, "s"],
      ),
      ["seconds", seconds, "s"],
      ["cpu_seconds", cpuSeconds, "s"],
      ["peak_memory", peakBytes / 1e6, "MB"],
      ["cpu_seconds a million", 1e6 * cpuSeconds / events, "s"],
      ["peak_memory a million", peakBytes / events, "MB"],
    ];
    return metrics.map(([metric, value, unit]) => ({
      ...{ bench: "growth", name: millions(events), metric, value, unit, options },
    }));
  });
}

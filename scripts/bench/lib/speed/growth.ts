import { formatMillions } from "../../../../src/base/format.ts";
import type { BenchRow } from "../results.ts";
import type { TrainingRun } from "./training_once.ts";

/** A training run on a number of events. */
export interface SizedRun extends TrainingRun {
  readonly events: number;
}

/**
 * The phases of a training run, and the prefix of the names of their stages. The first match
 * counts.
 */
const PHASES = {
  "clean": "Reading and cleaning",
  "train and evaluate": "Fitting and measuring",
  "fit and export": "Fitting",
} as const;

/** A phase of a training run. */
export type Phase = keyof typeof PHASES;

/** The phases, in order. */
const PHASE_NAMES = Object.keys(PHASES) as readonly Phase[];

/** How long each phase took, in seconds. */
export function phasesOf({ stages }: Pick<TrainingRun, "stages">): Record<Phase, number> {
  const seconds = { "clean": 0, "train and evaluate": 0, "fit and export": 0 };
  for (const stage of stages) {
    const phase = PHASE_NAMES.find((name) => stage.name.startsWith(PHASES[name]));
    if (phase) seconds[phase] += stage.seconds;
  }
  return seconds;
}

/** The figures that should grow no faster than the number of events. */
const GROWING = {
  "CPU seconds": ({ cpuSeconds }: TrainingRun) => cpuSeconds,
  "peak memory": ({ peakBytes }: TrainingRun) => peakBytes,
} as const;

/** How much one figure grew from one size to the next. */
export interface Growth {
  readonly figure: keyof typeof GROWING;
  readonly from: number;
  readonly to: number;
  /**
   * The figure per event at the larger size, relative to the smaller one: 1 if growth is linear.
   */
  readonly ratio: number;
}

/** The largest ratio that counts as linear growth. */
const LINEAR = 1.2;

/** How each figure grew from every size to the next. */
export function growthOf(runs: readonly SizedRun[]): Growth[] {
  const sorted = runs.toSorted((a, b) => a.events - b.events);
  const figures = Object.keys(GROWING) as (keyof typeof GROWING)[];
  return figures.flatMap((figure) =>
    sorted.slice(1).map((larger, i) => {
      const smaller = sorted[i];
      const perEvent = (run: SizedRun) => GROWING[figure](run) / run.events;
      return {
        figure,
        from: smaller.events,
        to: larger.events,
        ratio: perEvent(larger) / perEvent(smaller),
      };
    })
  );
}

/** A line for each figure: whether it grows linearly, and its largest growth per event. */
export function describeGrowth(runs: readonly SizedRun[]): string {
  const byFigure = Map.groupBy(growthOf(runs), ({ figure }) => figure);
  return [...byFigure].map(([figure, growths]) => {
    const worst = growths.reduce((a, b) => b.ratio > a.ratio ? b : a);
    const verdict = worst.ratio <= LINEAR ? "linear" : "not linear";
    return `${figure}: ${verdict}, at most ${worst.ratio.toFixed(2)} times as much per event ` +
      `from one size to the next (${millions(worst.from)} to ${millions(worst.to)})`;
  }).join("\n");
}

/** A number of events in millions: `4M`, `0.3M`. */
export function millions(events: number): string {
  return formatMillions(events);
}

/** The figures of each size, in total and per million events. */
export function growthRows(runs: readonly SizedRun[], options: object): BenchRow[] {
  return runs.flatMap((run) => {
    const { seconds, cpuSeconds, peakBytes, events } = run;
    const metrics: [string, number, string][] = [
      ...Object.entries(phasesOf(run)).map(
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

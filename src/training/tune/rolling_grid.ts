import { isoDate } from "../../base/time.ts";
import { InputError } from "../../base/input_error.ts";
import type { Interactions } from "../../interactions/interactions.ts";
import type { Algorithm } from "../../models/model.ts";
import type { OptionValue } from "../../models/options/option.ts";
import { rollingEvaluation, type RollingOptions } from "../rolling.ts";
import type { TrialOptions } from "./search_space.ts";
import { tunedDataOf, type TunedModel } from "./tuned_file.ts";

/** An option and the values that a grid search tries. */
export interface GridAxis {
  readonly name: string;
  readonly values: readonly OptionValue[];
}

/** The figures of one combination of two options: means over the windows. */
export interface GridCell {
  readonly x: OptionValue;
  readonly y: OptionValue;
  readonly recall: number;
  /** Number of users measured, in all windows. */
  readonly users: number;
  /** NaN if the model predicts no ratings. */
  readonly rmse: number;
}

/** The result of {@linkcode rollingGrid}. */
export interface RollingGrid {
  /** Those combinations that could be fitted and measured. */
  readonly cells: readonly GridCell[];
  /** The options of the cell with the highest recall; absent without cells. */
  readonly best?: TrialOptions;
  /** Why the first combination that failed did; absent if none did. */
  readonly failure?: string;
}

/**
 * Tries every combination of two options, cross-validated over rolling windows: fitted to
 * everything before each window, measured in it. That is scikit-learn's `GridSearchCV` with
 * `TimeSeriesSplit`. For a chart of few combinations; `tune()` finds the best of many options with
 * less work.
 *
 * @param grid `x`, `y`: the options; those omitted keep the model's default.
 */
export async function rollingGrid(
  interactions: Interactions,
  algorithm: Algorithm,
  { x, y, ...options }: Omit<RollingOptions, "tuned"> & { x: GridAxis; y: GridAxis },
): Promise<RollingGrid> {
  const cells: GridCell[] = [];
  let failure: string | undefined;
  for (const valueY of y.values) {
    for (const valueX of x.values) {
      const tuned = { [algorithm.name]: { [x.name]: valueX, [y.name]: valueY } };
      try {
        const { summary } = await rollingEvaluation(interactions, [algorithm], {
          ...options,
          tuned,
        });
        const row = summary.find(({ task }) => task === "new");
        if (row) {
          const rmse = row.rmse?.mean ?? NaN;
          cells.push({ x: valueX, y: valueY, recall: row.recall.mean, users: row.users, rmse });
        } else failure ??= `No user of a window has a history and new products`;
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        failure ??= error.message;
      }
    }
  }
  if (cells.length === 0) return { cells, failure };
  const best = cells.reduce((best, cell) => cell.recall > best.recall ? cell : best);
  return { cells, best: { [x.name]: best.x, [y.name]: best.y }, ...(failure && { failure }) };
}

/**
 * What grid searches found, as {@linkcode saveTuned} takes it, by the name of the model; without
 * those of which no combination could be measured.
 *
 * @param search The interactions and the options that the searches had. `k` defaults to 10, `seed`
 *   to 1.
 */
export function tunedByGrids(
  grids: Readonly<Record<string, RollingGrid>>,
  { interactions, folds, k = 10, seed = 1 }: {
    interactions: Interactions;
    folds: number;
    k?: number;
    seed?: number;
  },
): Record<string, TunedModel> {
  const data = tunedDataOf(interactions);
  const date = isoDate(Date.now() / 1000);
  const entries = Object.entries(grids).flatMap(([model, { cells, best }]) => {
    if (!best) return [];
    const { recall: value, users } = cells.reduce((best, cell) =>
      cell.recall > best.recall ? cell : best
    );
    const found = { options: best, metric: "recall" as const, k, value, folds, users };
    return [[model, { ...found, trials: cells.length, untried: 0, seed, date, data }] as const];
  });
  return Object.fromEntries(entries);
}

import { TempFolder } from "../../base/temp_folder.ts";
import type { Interactions } from "../../interactions/interactions.ts";
import type { Algorithm } from "../../models/model.ts";
import type { OptionValue } from "../../models/options/option.ts";
import { type GridCell, gridCells } from "./grid_cells.ts";
import type { TrialOptions } from "./search_space.ts";
import { tune, type TuneOptions } from "./tune.ts";

/** An option and the values that a grid search tries. */
export interface GridAxis {
  readonly name: string;
  readonly values: readonly OptionValue[];
}

/** What {@linkcode gridSearch} tries, and how it measures. */
export interface GridSearchOptions extends Omit<TuneOptions, "space" | "trials" | "tunedFile"> {
  x: GridAxis;
  y: GridAxis;
  /** Other options, the same for all cells; those omitted keep the model's default. */
  fixed?: TrialOptions;
}

/**
 * Tries every combination of two options on all users, fitted to the past and measured on the
 * validation window, for a chart; {@linkcode tune} finds the best of many options with less work.
 * Writes nothing.
 *
 * @throws {InputError} As {@linkcode tune} does.
 */
export async function gridSearch(
  interactions: Interactions,
  algorithm: Algorithm,
  { x, y, fixed = {}, ...options }: GridSearchOptions,
): Promise<GridCell[]> {
  using temporary = new TempFolder();
  const folder = temporary.path;
  const tuning = await tune(interactions, algorithm, {
    ...options,
    space: {
      ...Object.fromEntries(Object.entries(fixed).map(([name, value]) => [name, [value]])),
      [x.name]: x.values,
      [y.name]: y.values,
    },
    trials: x.values.length * y.values.length,
    tunedFile: `${folder}/tuned.json`,
    minUsers: Infinity,
  });
  return gridCells(tuning, { x: x.name, y: y.name });
}

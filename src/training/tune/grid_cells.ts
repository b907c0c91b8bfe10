import type { OptionValue } from "../../models/options/option.ts";
import type { Tuning } from "./tune.ts";

/** The figures of one combination of two options on the validation window. */
export interface GridCell {
  readonly x: OptionValue;
  readonly y: OptionValue;
  readonly recall: number;
  /** NaN if the model predicts no ratings. */
  readonly rmse: number;
}

/**
 * The trials of a search over two options as cells of a grid, without those that failed.
 *
 * @param axes The names of the options.
 */
export function gridCells(
  { candidates }: Pick<Tuning, "candidates">,
  axes: { x: string; y: string },
): GridCell[] {
  return candidates.flatMap(({ options, outcome }) =>
    "figures" in outcome
      ? [{
        x: options[axes.x],
        y: options[axes.y],
        recall: outcome.figures.recall,
        rmse: outcome.figures.rmse ?? NaN,
      }]
      : []
  );
}

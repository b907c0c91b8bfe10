import type { Progress } from "../../../../src/base/progress.ts";
import type { Csr } from "../../../../src/linalg/sparse/csr.ts";
import type { SearchSpace } from "../../../../src/models/options/declarations.ts";
import { gridOf } from "../../../../src/training/tune/search_space.ts";
import type { SvdOptions } from "../../../../src/models/svd.ts";
import { measureFit } from "./rating_errors.ts";
import { holdOutRatings } from "./rating_folds.ts";

/** The values to try for each option; every combination is fitted. */
export type RatingGrid = { readonly [Name in keyof SvdOptions]?: readonly SvdOptions[Name][] };

/** The options with the lowest RMSE on the validation part. */
export interface BestOptions {
  /** For predictions by the learned user factors. */
  readonly learned: SvdOptions;
  /** For predictions by folding in. */
  readonly foldIn: SvdOptions;
}

const VALIDATION = { share: 0.1, seed: 1 };

/**
 * Searches a grid for the options with the lowest RMSE on a random tenth of the training ratings.
 *
 * @param train Training ratings only.
 * @param search `base`: the options that aren't in the grid.
 */
export function searchRatingOptions(
  train: Csr,
  { base, grid, progress = () => {} }: {
    base: SvdOptions;
    grid: RatingGrid;
    progress?: Progress;
  },
): BestOptions {
  const fold = holdOutRatings(train, VALIDATION);
  const { foldInRegularization: strengths = [base.foldInRegularization], ...fitted } = grid;
  const combinations = gridOf(fitted as SearchSpace).map((options) => ({ ...base, ...options }));
  let learned = { options: base, rmse: Infinity }, foldIn = learned;
  combinations.forEach((options, done) => {
    const errors = measureFit(fold, options, strengths);
    learned = better(learned, { options, rmse: errors.learned.rmse });
    errors.foldIn.forEach(({ rmse }, i) => {
      foldIn = better(foldIn, {
        options: { ...options, foldInRegularization: strengths[i] },
        rmse,
      });
    });
    progress((done + 1) / combinations.length);
  });
  return { learned: learned.options, foldIn: foldIn.options };
}

function better<Candidate extends { rmse: number }>(a: Candidate, b: Candidate): Candidate {
  return b.rmse < a.rmse ? b : a;
}

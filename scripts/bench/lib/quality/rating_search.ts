import type { Progress } from "../../../../src/base/progress.ts";
import type { Csr } from "../../../../src/linalg/sparse/csr.ts";
import type { SvdOptions } from "../../../../src/models/svd.ts";
import { measureFit } from "./rating_errors.ts";
import { holdOutRatings } from "./rating_folds.ts";

/** The values to try for each option; every combination is fitted. */
export type RatingGrid = { readonly [Name in keyof SvdOptions]?: readonly SvdOptions[Name][] };

/** The options that predicted best what was held out of the training data. */
export interface BestOptions {
  /** For predictions by the learned user factors. */
  readonly learned: SvdOptions;
  /** For predictions by folding in. */
  readonly foldIn: SvdOptions;
}

const VALIDATION = { share: 0.1, seed: 1 };

/**
 * Searches a grid for the options with the lowest RMSE on a tenth of the training ratings, held out at random.
 *
 * @param train Training ratings only: what is found is tested on others.
 * @param search `base` gives the options that the grid leaves alone.
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
  const combinations = combine(base, fitted);
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

function better<Found extends { rmse: number }>(a: Found, b: Found): Found {
  return b.rmse < a.rmse ? b : a;
}

/** Every combination of the grid's values, the last option varying fastest. */
function combine(base: SvdOptions, grid: RatingGrid): SvdOptions[] {
  return Object.entries(grid).reduce(
    (combinations, [name, values]) =>
      combinations.flatMap((options) => values.map((value) => ({ ...options, [name]: value }))),
    [base],
  );
}

import type { Progress } from "../../../../src/base/progress.ts";
import type { SearchSpace } from "../../../../src/models/options/declarations.ts";
import type { TrialOptions } from "../../../../src/training/tune/search_space.ts";

/** The best options found. */
export interface ClimbResult {
  readonly options: TrialOptions;
  /** Their measured value. */
  readonly value: number;
  /** How many combinations were measured. */
  readonly trials: number;
}

/** Options interact, so each is searched again after the others have changed. */
const MAX_ROUNDS = 3;

/**
 * Coordinate ascent: tries every value of one option with the others fixed, keeps the best,
 * continues with the next option, and repeats until nothing changes, at most three times.
 *
 * @param start The initial options.
 * @param space The values to try for each option.
 * @param measure The value to maximize; called once for each combination.
 */
export async function climbOptions(
  start: TrialOptions,
  space: SearchSpace,
  measure: (options: TrialOptions) => Promise<number>,
  progress: Progress = () => {},
): Promise<ClimbResult> {
  const known = new Map<string, number>();
  const names = Object.keys(space);
  const rate = async (options: TrialOptions): Promise<number> => {
    const key = names.map((name) => options[name]).join();
    const value = known.get(key) ?? await measure(options);
    known.set(key, value);
    return value;
  };
  let best = { options: start, value: await rate(start) };
  for (let round = 0, changed = true; changed && round < MAX_ROUNDS; round++) {
    changed = false;
    for (const [place, name] of names.entries()) {
      for (const value of space[name]) {
        const options = { ...best.options, [name]: value };
        const rating = await rate(options);
        if (rating > best.value) {
          best = { options, value: rating };
          changed = true;
        }
      }
      progress((round + (place + 1) / names.length) / MAX_ROUNDS);
    }
  }
  return { ...best, trials: known.size };
}

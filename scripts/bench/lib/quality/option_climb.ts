import type { Progress } from "../../../../src/base/progress.ts";
import type { SearchSpace } from "../../../../src/models/options/declarations.ts";
import type { TrialOptions } from "../../../../src/training/tune/search_space.ts";

/** Options, and what they were found to be worth. */
export interface Climbed {
  readonly options: TrialOptions;
  readonly value: number;
  /** How many different options were tried. */
  readonly trials: number;
}

/** Options affect each other, so each is looked at again after the others have changed. */
const MOST_ROUNDS = 3;

/**
 * Searches options one at a time: tries every value of the first with the others as they are, keeps the best, goes
 * on to the next, and round again until nothing changes, at most three times.
 *
 * @param start Where to begin.
 * @param space The values to try for each option.
 * @param measure The larger, the better; asked once of each combination.
 */
export async function climbOptions(
  start: TrialOptions,
  space: SearchSpace,
  measure: (options: TrialOptions) => Promise<number>,
  progress: Progress = () => {},
): Promise<Climbed> {
  const known = new Map<string, number>();
  const names = Object.keys(space);
  const rate = async (options: TrialOptions): Promise<number> => {
    const key = names.map((name) => options[name]).join();
    const value = known.get(key) ?? await measure(options);
    known.set(key, value);
    return value;
  };
  let best = { options: start, value: await rate(start) };
  for (let round = 0, changed = true; changed && round < MOST_ROUNDS; round++) {
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
      progress((round + (place + 1) / names.length) / MOST_ROUNDS);
    }
  }
  return { ...best, trials: known.size };
}

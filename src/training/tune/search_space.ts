import { createRandom } from "../../linalg/random.ts";
import type { SearchSpace } from "../../models/options/declarations.ts";
import type { OptionValue } from "../../models/options/option.ts";

/** The options of one trial; those omitted keep the model's default. */
export type TrialOptions = Readonly<Record<string, OptionValue>>;

/** The number of combinations in a space; 1 for one without options. */
export function spaceSize(space: SearchSpace): number {
  return Object.values(space).reduce((size, values) => size * values.length, 1);
}

/**
 * Every combination of a space, the last option varying fastest.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(gridOf({ factors: [50, 100], epochs: [10, 20] }), [
 *   { factors: 50, epochs: 10 },
 *   { factors: 50, epochs: 20 },
 *   { factors: 100, epochs: 10 },
 *   { factors: 100, epochs: 20 },
 * ]);
 * ```
 */
export function gridOf(space: SearchSpace): TrialOptions[] {
  return Object.entries(space).reduce<TrialOptions[]>(
    (combinations, [name, values]) =>
      combinations.flatMap((options) => values.map((value) => ({ ...options, [name]: value }))),
    [{}],
  );
}

/** Combinations tried by default. */
const DEFAULT_TRIALS = 32;

/**
 * Chooses which combinations of a space to try: all, or a uniform random sample (Bergstra and
 * Bengio 2012). The model's defaults come first, even if the space lacks them, to show what tuning
 * gains; a larger sample with the same seed starts with the smaller one.
 *
 * @param defaults The model's.
 * @param options `trials`: the maximum number of combinations. Default 32. `seed` determines the
 *   sample.
 */
export function chooseCombinations(
  space: SearchSpace,
  defaults: object,
  { trials = DEFAULT_TRIALS, seed = 1 }: { trials?: number; seed?: number } = {},
): TrialOptions[] {
  const chosen = new Map<string, TrialOptions>();
  const add = (options: TrialOptions) =>
    chosen.set(Object.values(options).map(String).join(), options);
  add(defaultsOf(space, defaults));
  if (spaceSize(space) <= trials) gridOf(space).forEach(add);
  const random = createRandom(seed);
  while (chosen.size < Math.min(trials, spaceSize(space))) {
    add(Object.fromEntries(
      Object.entries(space).map(([name, values]) => [name, values[random.integer(values.length)]]),
    ));
  }
  return [...chosen.values()];
}

/** The defaults of a space's options. */
function defaultsOf(space: SearchSpace, defaults: object): TrialOptions {
  const valueOf = new Map<string, OptionValue>(Object.entries(defaults));
  return Object.fromEntries(
    Object.keys(space).map((name) => [name, valueOf.get(name)!]),
  );
}

import { createRandom } from "../../linalg/random.ts";
import type { Algorithm } from "../../models/model.ts";

/** A value that a model's option can have. */
export type OptionValue = number | string | boolean;

/** The options of one trial; those left out keep the model's default. */
export type TrialOptions = Readonly<Record<string, OptionValue>>;

/** The values worth trying, by the option's name; none of the lists is empty. */
export type SearchSpace = Readonly<Record<string, readonly OptionValue[]>>;

/** What a model declares worth trying; empty where it declares nothing. */
export function searchSpaceOf({ searchSpace = {} }: Algorithm): SearchSpace {
  return { ...searchSpace };
}

/** How many combinations a space has; 1 for one without options. */
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

/** How many combinations are tried where nobody says how many. */
const DEFAULT_TRIALS = 32;

/**
 * Chooses which combinations of a space to try: all, or so many drawn at random, each as likely as any other
 * (Bergstra and Bengio 2012). Among those drawn the model's defaults come first, where the space has them, so
 * that one sees what tuning gained; more trials of the same seed begin with the fewer.
 *
 * @param defaults The model's.
 * @param options `trials`: at most how many. Default 32. `seed` determines which.
 */
export function chooseCombinations(
  space: SearchSpace,
  defaults: object,
  { trials = DEFAULT_TRIALS, seed = 1 }: { trials?: number; seed?: number } = {},
): TrialOptions[] {
  if (spaceSize(space) <= trials) return gridOf(space);
  const random = createRandom(seed);
  const chosen = new Map<string, TrialOptions>();
  const add = (options: TrialOptions) =>
    chosen.set(Object.values(options).map(String).join(), options);
  defaultsWithin(space, defaults).forEach(add);
  while (chosen.size < trials) {
    add(Object.fromEntries(
      Object.entries(space).map(([name, values]) => [name, values[random.integer(values.length)]]),
    ));
  }
  return [...chosen.values()];
}

/** One combination, or none where a default is not among an option's values. */
function defaultsWithin(space: SearchSpace, defaults: object): TrialOptions[] {
  const valueOf = new Map<string, OptionValue>(Object.entries(defaults));
  const only = Object.entries(space).map(([name, values]) =>
    [name, values.filter((value) => value === valueOf.get(name))] as const
  );
  return gridOf(Object.fromEntries(only));
}

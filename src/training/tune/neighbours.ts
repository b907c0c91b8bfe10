import type { Declarations, SearchSpace } from "../../models/options/declarations.ts";
import type { OptionValue } from "../../models/options/option.ts";
import type { TrialOptions } from "./search_space.ts";

/** How {@linkcode neighboursOf} steps. */
export interface StepOptions {
  /**
   * The model's options, if a number at the end of its list may go on beyond it, as far as the
   * option's rule allows. Default none: only values of the lists.
   */
  beyond?: Declarations;
}

/**
 * The combinations that differ from one in a single option: a number moves to the next smaller or
 * larger of its values, beyond the ends by the ratio of the last two, or by their difference if one
 * is 0; any other value changes to each of the others.
 *
 * @returns For each option, the combinations that differ in it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { whole } from "../../models/options/option.ts";
 *
 * const space = { factors: [32, 64, 128], kind: ["a", "b"] };
 * const beyond = { factors: whole(64, { min: 1, meaning: "Length of the vectors" }) };
 * assertEquals(neighboursOf({ factors: 128, kind: "a" }, space, { beyond }), [
 *   [{ factors: 64, kind: "a" }, { factors: 256, kind: "a" }],
 *   [{ factors: 128, kind: "b" }],
 * ]);
 * ```
 */
export function neighboursOf(
  options: TrialOptions,
  space: SearchSpace,
  { beyond }: StepOptions = {},
): TrialOptions[][] {
  return Object.entries(space).map(([name, values]) => {
    const accepts = beyond?.[name]?.accepts;
    const steps = stepsFrom(options[name], values, accepts);
    return steps.map((value) => ({ ...options, [name]: value }));
  });
}

function stepsFrom(
  value: OptionValue,
  values: readonly OptionValue[],
  accepts: ((value: unknown) => boolean) | undefined,
): OptionValue[] {
  if (typeof value !== "number") return values.filter((other) => other !== value);
  const numbers = values.filter((other) => typeof other === "number").sort((a, b) => a - b);
  const below = numbers.findLast((other) => other < value);
  const above = numbers.find((other) => other > value);
  return [
    below ?? extend(value, above, accepts),
    above ?? extend(value, below, accepts),
    ...values.filter((other) => typeof other !== "number"),
  ].filter((step) => step !== undefined);
}

/** The value beyond one, away from its only neighbour. */
function extend(
  value: number,
  neighbour: number | undefined,
  accepts: ((value: unknown) => boolean) | undefined,
): number | undefined {
  if (neighbour === undefined || !accepts) return undefined;
  const isRatio = value > 0 && neighbour > 0;
  const step = isRatio ? value * value / neighbour : 2 * value - neighbour;
  const rounded = Number.isInteger(step) ? step : Number(step.toPrecision(2));
  return [rounded, Math.round(step)].find((next) =>
    Number.isFinite(next) && next !== value && accepts(next)
  );
}

import { InputError } from "../base/input_error.ts";
import { sum } from "../base/statistics.ts";
import { logGamma } from "./log_gamma.ts";

/** How much the prior of the test believes in the wanted shares, in units. */
const CONCENTRATION = 1000;

/**
 * The p-value that arms have the shares of units that they should. A mismatch means that assignment
 * or measuring is broken, so that no figure of the experiment can be trusted. One may look at any
 * time: with right shares it is ever below α with a chance of at most α.
 *
 * One over the Bayes factor of a Dirichlet–multinomial against the wanted shares (Lindon and
 * Malek 2022, "Anytime-valid inference for multinomial count data").
 *
 * @param counts Units of each arm.
 * @param shares The wanted shares, above 0; in any unit.
 * @throws {InputError} If a share isn't above 0, or there aren't as many as counts.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 *
 * assertEquals(sampleRatioPValue([5000, 5010], [1, 1]), 1);
 * assert(sampleRatioPValue([5000, 5600], [1, 1]) < 0.001);
 * ```
 */
export function sampleRatioPValue(counts: readonly number[], shares: readonly number[]): number {
  if (counts.length !== shares.length || !shares.every((share) => share > 0)) {
    throw new InputError(
      `Cannot check the shares of arms: there must be one above 0 for each of ${counts.length} ` +
        `arms, got ${shares.join(", ")}`,
    );
  }
  const total = sum(shares);
  const units = sum(counts);
  let logFactor = logGamma(CONCENTRATION) - logGamma(CONCENTRATION + units);
  counts.forEach((count, arm) => {
    const share = shares[arm] / total, prior = CONCENTRATION * share;
    logFactor += logGamma(prior + count) - logGamma(prior) - count * Math.log(share);
  });
  return Math.min(1, Math.exp(-logFactor));
}

import { drawBeta } from "./draw_beta.ts";

/** How often a product was shown in slots that explore, and clicked there. */
export interface ClickCounts {
  readonly shown: number;
  readonly clicked: number;
}

/** A way to choose among candidates: the probability of each, given those chosen before. */
export type ExplorationPolicy = (remaining: readonly number[]) => readonly number[];

/** What was drawn for a slot. */
export interface ExploredSlot {
  /** The number of the candidate. */
  readonly candidate: number;
  /** How likely it was at its place, given the places before it. */
  readonly propensity: number;
}

/**
 * Fills slots one after another, each with one of the remaining candidates, drawn with the
 * probabilities of a policy.
 *
 * @param policy Its probabilities sum to 1.
 * @param options `candidates`: how many there are. `slots`: how many to fill; at most that many.
 *   `draw`: draws uniform numbers from 0 to 1, excluding 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const policy = epsilonGreedy({ epsilon: 0.5 });
 * const slots = exploreSlots(policy, { candidates: 2, slots: 2, draw: () => 0 });
 * assertEquals(slots, [{ candidate: 0, propensity: 0.75 }, { candidate: 1, propensity: 1 }]);
 * ```
 */
export function exploreSlots(
  policy: ExplorationPolicy,
  { candidates, slots, draw }: {
    readonly candidates: number;
    readonly slots: number;
    readonly draw: () => number;
  },
): ExploredSlot[] {
  const remaining = Array.from({ length: candidates }, (_, candidate) => candidate);
  return Array.from({ length: Math.min(slots, candidates) }, () => {
    const probabilities = policy(remaining);
    let rest = draw();
    // Rounding may leave something of the last one.
    const drawn = probabilities.findIndex((probability) => (rest -= probability) < 0);
    const at = drawn < 0 ? remaining.length - 1 : drawn;
    const [candidate] = remaining.splice(at, 1);
    return { candidate, propensity: probabilities[at] };
  });
}

/**
 * The best remaining candidate, or with a chance of `epsilon` any of them, all equally likely.
 * Candidates are numbered best first.
 */
export function epsilonGreedy({ epsilon }: { readonly epsilon: number }): ExplorationPolicy {
  return (remaining) => {
    const best = Math.min(...remaining);
    return remaining.map((candidate) =>
      epsilon / remaining.length + (candidate === best ? 1 - epsilon : 0)
    );
  };
}

/** How often beliefs are drawn to find how likely each candidate is the best. */
const DRAWS = 200;

/** The click rate of products that nobody has clicked yet. */
const USUAL_RATE = 0.05;

/**
 * Thompson sampling: each remaining candidate as often as it is believed to be clicked most
 * (Thompson 1933; Chapelle and Li 2011), or with a chance of `epsilon` any of them, so that all can
 * be evaluated later. Beliefs are beta distributions, that of a product without a history is as
 * good as the average and one click strong. How often one is the best is found by drawing beliefs;
 * candidates are drawn by what is found, so that propensities are exact.
 *
 * @param counts Of each candidate.
 */
export function thompsonSampling(
  counts: readonly ClickCounts[],
  { epsilon, draw }: { readonly epsilon: number; readonly draw: () => number },
): ExplorationPolicy {
  const shown = counts.reduce((sum, count) => sum + count.shown, 0);
  const clicked = counts.reduce((sum, count) => sum + count.clicked, 0);
  const rate = clicked > 0 ? clicked / shown : USUAL_RATE;
  const beliefs = counts.map(({ shown, clicked }): [number, number] => [
    1 + clicked,
    1 / rate - 1 + Math.max(0, shown - clicked) + Number.EPSILON,
  ]);
  const drawn = Array.from({ length: DRAWS }, () => beliefs.map((each) => drawBeta(each, draw)));
  return (remaining) => {
    const wins = new Map(remaining.map((candidate) => [candidate, 0]));
    for (const rates of drawn) {
      const best = remaining.reduce((best, each) => rates[each] > rates[best] ? each : best);
      wins.set(best, wins.get(best)! + 1);
    }
    return remaining.map((candidate) =>
      epsilon / remaining.length + (1 - epsilon) * wins.get(candidate)! / DRAWS
    );
  };
}

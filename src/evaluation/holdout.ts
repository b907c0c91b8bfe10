import { isoTime } from "../base/time.ts";
import type { Interactions } from "../interactions/interactions.ts";
import { timeSpan } from "../interactions/split.ts";

/** What to predict, and from what. */
export interface Holdout {
  /** Everything before the cut; users' histories come from here. */
  readonly history: Interactions;
  /** What happened after it. */
  readonly truth: Interactions;
  /** What the model was fitted to, where that isn't the history. */
  readonly fittedTo?: Interactions;
}

/**
 * The split's guard: makes sure that all a model was fitted to, and all it scores from, lies wholly before
 * what it is to predict. Figures of a model that has seen the future mean nothing, however good they look.
 *
 * @throws {RangeError} If an event of the histories, or of what the model was fitted to, is as late as the
 * first of the truth or later; says which and how late.
 */
export function requirePast({ history, truth, fittedTo = history }: Holdout): void {
  if (truth.times.length === 0) return;
  const { first } = timeSpan(truth);
  for (const [name, past] of Object.entries({ histories: history, "training data": fittedTo })) {
    const { last } = timeSpan(past);
    if (past.times.length === 0 || last < first) continue;
    throw new RangeError(
      `Cannot evaluate: the ${name} must end before the truth begins, at ${isoTime(first)}, ` +
        `and last until ${isoTime(last)}: the model would see the future`,
    );
  }
}

import { isoTime } from "../base/time.ts";
import type { Interactions } from "../interactions/interactions.ts";
import { timeSpan } from "../interactions/split.ts";

/** What to predict, and from what. */
export interface Holdout {
  /** Everything before the cut: the users' histories. */
  readonly history: Interactions;
  /** Everything after it. */
  readonly truth: Interactions;
  /** The training data, if it isn't the history. */
  readonly fittedTo?: Interactions;
}

/**
 * Checks that training data and histories are entirely earlier than the truth. The figures of a
 * model that has seen the future mean nothing, however good they look.
 *
 * @throws {RangeError} If an event of the histories or the training data isn't earlier than the
 * first event of the truth; says which and how late.
 */
export function requirePast({ history, truth, fittedTo = history }: Holdout): void {
  if (truth.times.length === 0) return;
  const { first } = timeSpan(truth);
  for (const [name, past] of Object.entries({ histories: history, "training data": fittedTo })) {
    const { last } = timeSpan(past);
    if (past.times.length === 0 || last < first) continue;
    throw new RangeError(
      `Cannot evaluate: the ${name} must end before the truth starts, at ${isoTime(first)}, ` +
        `but they last until ${isoTime(last)}: the model would see the future`,
    );
  }
}

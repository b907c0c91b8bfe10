import { formatCount, formatShare } from "../base/format.ts";
import type { BreakdownBy } from "./breakdown_rows.ts";
import type { Task } from "./evaluate.ts";
import { PROPENSITY_POWER } from "./metrics/gained_list.ts";
import type { Protocol } from "./holdout.ts";
import type { Population } from "./prepared_holdout.ts";

/** Titles of the tables of tasks. */
export const TASK_TITLES: Readonly<Record<Task, string>> = {
  new: "New products (known ones are neither shown nor expected)",
  repeats: "Repeats (known products that users come back to, in unfiltered lists)",
  all: "All products (returning to a known one counts)",
};

/** Titles of the tables of breakdowns. */
export const BREAKDOWN_TITLES: Readonly<Record<BreakdownBy, string>> = {
  history:
    "NDCG of new products, by events in the history; users with 0 are shown popular products",
  day: "Recall of new products, by days since training",
  popularity: "Recall of new products, by popularity: the most popular tenth is 1",
};

/** What a comparison predicted, for each protocol. */
export const PROTOCOL_TITLES: Readonly<Record<Protocol, string>> = {
  "window": "Predicted: all that users do in the window, from what they did before it",
  "next-item": "Predicted: the last event of each session (user) in the window, from those before",
};

/** What the p-values of a comparison are. */
export const P_VALUE_NOTE =
  "p best, p pop.: how likely such a difference from the best model, or from popularity, " +
  "is by chance alone; corrected for all models compared (Holm)";

/**
 * What the metrics with gains of their own are, and how many products the one by price leaves out.
 */
export function gainsText({ unpriced }: Population): string {
  const priced = unpriced === undefined || unpriced === 1
    ? "No price is known, so nothing is weighted by it"
    : unpriced === 0
    ? "Price: a product counts as much as it costs"
    : `Price: a product counts as much as it costs; ${formatShare(unpriced)} of what users went ` +
      "on to has no known price and is left out";
  return `${priced}. Unbiased: a product counts 1 / n^${PROPENSITY_POWER}, n the number of users ` +
    "who knew it (inverse propensity, self-normalised)";
}

/** Describes who was measured in a window, and who wasn't. */
export function populationText(
  { measured, measurable, withoutHistory, withoutTruth }: Population,
  { protocol, window }: { protocol: Protocol; window: string },
): string {
  const counted = `${formatCount(measured)} of ${formatCount(measurable)}`;
  const [without, gone] = [formatCount(withoutHistory), formatCount(withoutTruth)];
  return protocol === "next-item"
    ? `${counted} sessions (users) of two events or more that end in the ${window} window; ` +
      `omitted: ${without} of a single event, ${gone} that ended before`
    : `${counted} users with events before and in the ${window} window; ` +
      `omitted: ${without} without a history, ${gone} who did not return`;
}

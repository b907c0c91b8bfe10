import type { Csr } from "../linalg/sparse/csr.ts";
import { csrFromTensors, csrToTensors, type PackedCsr } from "../linalg/sparse/packed_csr.ts";
import { defineAlgorithm } from "./define_algorithm.ts";
import type { Model } from "./model.ts";
import type { OptionsOf } from "./options/declarations.ts";
import { AUTO, number, whole } from "./options/option.ts";
import { readOptions, saveOptions } from "./options/saved_options.ts";
import { decayOption, sessionDecayOption } from "./options/shared_options.ts";
import { sparseScorer } from "./scoring/sparse_scorer.ts";
import { decayOf } from "./sequence/decay_of.ts";
import { recentItems, type RecentItemsOptions } from "./sequence/recent_items.ts";
import { statisticsOf } from "./statistics/statistics_of.ts";

const options = {
  steps: whole(10, {
    min: 1,
    search: [3, 10, 20],
    meaning: "Maximum distance, in events, from an item to one that follows it",
  }),
  neighbors: whole(200, { min: 1, meaning: "Maximum number of rules kept per item" }),
  shrinkage: number(30, {
    min: 0,
    search: [0, 3, 10, 30, 100],
    meaning: "Added to the total of an item's rules: pulls rules of rare items towards 0",
  }),
  decay: decayOption([0.3, 0.5, 0.7, 0.9]),
  sessionDecay: sessionDecayOption(),
};

/** The options of {@linkcode sequentialRules}. */
export type SequentialRulesOptions = OptionsOf<typeof options>;

/**
 * What comes next in a session (Ludewig and Jannach 2018, "SR"): each pair of events in which j
 * comes d events after i, at most `steps`, adds √(wᵢ·w_j) / d to the rule i → j, w being the
 * events' weights, damped by `groupBySession()`. The rules of an item are divided by their sum plus
 * `shrinkage`, which makes them the probability that j follows, pulled towards 0 where few events
 * say so. A history scores Σᵢ weightᵢ · rule(i → j) over its last distinct items, weighted by
 * {@linkcode recentItems}; the paper takes only the last one, without shrinkage.
 *
 * Sessions are those of the data; without them, a pause of more than 30 minutes ends a session.
 *
 * Fitting takes O(events × steps) and 8 bytes per rule; scoring O(recent items × rules of an item).
 */
export const sequentialRules = defineAlgorithm({
  name: "sequential_rules",
  description: "What came next in other sessions, after the last items of this one",
  options,

  fitsFrom: "sums",

  async fit(train, options, progress) {
    const statistics = statisticsOf(train);
    const decay = await decayOf(statistics, options.decay);
    const rules = await statistics.nextItems(options, progress);
    return {
      ...createSequentialRules(rules, { ...options, decay }),
      ...(options.decay === AUTO && { chosen: { decay } }),
    };
  },

  fromTensors: (tensors) =>
    createSequentialRules(csrFromTensors(tensors), readOptions(options, tensors)),
});

/** @param rules In row i, the probabilities of the items that follow i. */
function createSequentialRules(rules: Csr | PackedCsr, recency: RecentItemsOptions): Model {
  const itemCount = rules.rows;
  return {
    noSignal: 0,
    additive: true,
    ...sparseScorer(itemCount, (history, sums) => {
      const { items, weights } = recentItems(history, itemCount, recency);
      items.forEach((item, i) => sums.addRow(rules, item, weights[i]));
    }),
    toTensors: () => ({
      ...csrToTensors(rules),
      ...saveOptions(options, recency),
    }),
  };
}

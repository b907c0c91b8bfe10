import type { Interactions } from "../interactions/interactions.ts";
import type { Progress } from "../base/progress.ts";
import { groupBySession } from "../interactions/sessions.ts";
import { type Csr, csrFromTensors, csrToTensors } from "../linalg/sparse/csr.ts";
import { groupPositions } from "../linalg/sparse/group_positions.ts";
import { readScalar, scalar } from "../linalg/tensor.ts";
import type { Algorithm, Model } from "./model.ts";
import { addRow, strongestPerRow } from "./neighbours/neighbors.ts";
import { requireEvents, resolveOptions } from "./options.ts";
import { recentItems, type RecentItemsOptions } from "./sequence/recent_items.ts";

/** How {@linkcode sequentialRules} learns rules and applies them. */
export interface SequentialRulesOptions extends RecentItemsOptions {
  /** How many events later an item still follows from another. Default 10. */
  steps: number;
  /** How many rules to keep for an item. Default 200. */
  neighbors: number;
  /** What an item of the history counts against the one after it; 0 uses the last item alone. Default 0.9. */
  decay: number;
  /** What a session counts against the next one; 0 uses the last session alone. Default 0.8. */
  sessionDecay: number;
}

/**
 * What comes next in a session (Ludewig and Jannach 2018, "SR"): each pair of events in which j comes d events
 * after i, at most `steps`, adds √(wᵢ·w_j) / d to the rule i → j, w being the events' weights, damped as
 * {@linkcode groupBySession} damps them. The rules of an item are divided by their sum, which makes them the chance
 * that j follows. A history scores Σᵢ countᵢ · rule(i → j) over its last different items, counting as
 * {@linkcode recentItems} says; the paper takes only the last one.
 *
 * Sessions are those of the data, or else cut where a user paused for more than 30 minutes.
 *
 * Fitting takes O(events × steps) and 8 bytes a rule; scoring O(recent items × rules of an item).
 */
export const sequentialRules: Algorithm<SequentialRulesOptions> = {
  name: "sequential_rules",
  description: "What came next in others' sessions, after the last items of this one",
  defaults: { steps: 10, neighbors: 200, decay: 0.9, sessionDecay: 0.8 },
  searchSpace: {
    steps: [3, 10, 20],
    decay: [0.3, 0.5, 0.7, 0.9],
    sessionDecay: [0.5, 0.8, 1],
  },

  fit(train, given, progress) {
    const { steps, neighbors, ...recency } = resolveOptions(
      "sequential_rules",
      this.defaults,
      given,
      {
        steps: { min: 1, whole: true },
        neighbors: { min: 1, whole: true },
        decay: { min: 0, max: 1 },
        sessionDecay: { min: 0, max: 1 },
      },
    );
    requireEvents("sequential_rules", train);
    return createSequentialRules(findRules(train, { steps, neighbors }, progress), recency);
  },

  fromTensors: (tensors) =>
    createSequentialRules(csrFromTensors(tensors), {
      decay: readScalar(tensors, "decay"),
      sessionDecay: readScalar(tensors, "sessionDecay"),
    }),
};

/** @param rules In row i, the chances of the items that follow i. */
function createSequentialRules(rules: Csr, recency: RecentItemsOptions): Model {
  const itemCount = rules.rows;
  return {
    itemCount,
    additive: true,
    score(history, scores) {
      scores.fill(0);
      const { items, weights } = recentItems(history, itemCount, recency);
      items.forEach((item, i) => addRow(rules, item, weights[i], scores));
    },
    toTensors: () => ({
      ...csrToTensors(rules),
      decay: scalar(recency.decay),
      sessionDecay: scalar(recency.sessionDecay),
    }),
  };
}

function findRules(
  train: Interactions,
  { steps, neighbors }: Pick<SequentialRulesOptions, "steps" | "neighbors">,
  progress?: Progress,
): Csr {
  const itemCount = train.itemIds.size;
  const { indptr, items, weights } = groupBySession(train);
  const ends = new Uint32Array(items.length);
  for (let s = 0; s + 1 < indptr.length; s++) ends.fill(indptr[s + 1], indptr[s], indptr[s + 1]);
  const events = groupPositions(items, itemCount);
  const totals = new Float64Array(itemCount);
  return strongestPerRow({
    size: itemCount,
    keep: neighbors,
    accumulate(item, add) {
      for (let i = events.indptr[item]; i < events.indptr[item + 1]; i++) {
        const p = events.positions[i];
        const end = Math.min(ends[p], p + steps + 1);
        for (let q = p + 1; q < end; q++) {
          const part = Math.sqrt(weights[p] * weights[q]) / (q - p);
          totals[item] += part;
          add(items[q], part);
        }
      }
    },
    finish: (item, _other, sum) => sum / totals[item],
  }, progress);
}

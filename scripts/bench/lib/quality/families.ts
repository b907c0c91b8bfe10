import { evaluateNewcomers, evaluatePrepared } from "../../../../src/evaluation/evaluate.ts";
import {
  type PreparedHoldout,
  prepareHoldout,
} from "../../../../src/evaluation/prepared_holdout.ts";
import { type Interactions, sliceByTime } from "../../../../src/interactions/interactions.ts";
import type { Progress } from "../../../../src/base/progress.ts";
import { timeSpan } from "../../../../src/interactions/split.ts";
import { holdOutQueries } from "../../../../src/models/blending/held_out_queries.ts";
import type { Algorithm } from "../../../../src/models/model.ts";
import { popularity } from "../../../../src/models/popularity.ts";
import type { NextItemQuestion } from "./next_item_data.ts";
import { measureNextItem } from "./next_item_metrics.ts";
import type { BenchRow } from "../results.ts";

const K = 10;
/** The share of the events that is held out, the latest ones. */
const SHARE = 0.2;

/** Training data and what to predict from it. */
export interface FamilyHoldout {
  /** What users did before and after the split. */
  readonly holdout: PreparedHoldout;
  /** The new products that users went on to, one question for each. */
  readonly steps: readonly NextItemQuestion[];
}

/**
 * Holds out the latest fifth of the events.
 *
 * @param options `questions`: at most how many `steps` to keep, sampled by `seed`.
 */
export function holdOutFamilies(
  interactions: Interactions,
  { questions, seed }: { questions: number; seed: number },
): FamilyHoldout {
  const { past, queries } = holdOutQueries(interactions, {
    target: "next",
    share: SHARE,
    limit: Infinity,
    seed,
  });
  const truth = sliceByTime(interactions, { from: timeSpan(past).last + 1 });
  return {
    holdout: prepareHoldout({ history: past, truth }),
    steps: queries
      .map(({ history, relevant: [next] }) => ({ history, next }))
      .filter(({ history, next }) => !history.items.includes(next))
      .slice(0, questions),
  };
}

/** A model and the options to fit it with; the others are its defaults. */
export interface Candidate {
  readonly algorithm: Algorithm;
  readonly options: object;
}

/**
 * Fits a model to the past and measures its NDCG@10 for:
 *
 * - `taste`: products new to a user, among all that the user went on to;
 * - `sequence`: the next new product, predicted at every step;
 * - `repeat`: known products that a user returns to;
 * - `recency`: what users without a history want; only for popularity, which needs none.
 */
export async function measureFamily(
  { algorithm, options }: Candidate,
  { holdout, steps }: FamilyHoldout,
  progress?: Progress,
): Promise<BenchRow[]> {
  const model = await algorithm.fit(holdout.history, options, progress);
  const { tasks } = evaluatePrepared(algorithm.name, model, holdout, { k: K });
  const found = {
    taste: tasks.new.ndcg,
    sequence: measureNextItem(model, steps, { k: K, exclude: "seen" }).ndcg,
    repeat: tasks.repeats.ndcg,
    ...(algorithm.name === popularity.name &&
      { recency: evaluateNewcomers(model, holdout, { k: K }).ndcg }),
  };
  const name = [algorithm.name, ...Object.entries(options).map((entry) => entry.join(" "))];
  return Object.entries(found).map(([kind, value]) => ({
    bench: "families",
    name: name.join(", "),
    metric: `${kind} ndcg@${K}`,
    value,
    unit: "share",
    options,
  }));
}

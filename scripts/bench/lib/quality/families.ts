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
/** How much of the events, the latest, is held out. */
const SHARE = 0.2;

/** What models learn from, and what they are asked for afterwards. */
export interface Examination {
  /** What users did before the cut and after it. */
  readonly holdout: PreparedHoldout;
  /** What users came to next, of all that was new to them. */
  readonly steps: readonly NextItemQuestion[];
}

/**
 * Holds out the latest fifth of the events.
 *
 * @param options Of the `steps` at most so many `questions` are kept, drawn by `seed`.
 */
export function holdOutExamination(
  interactions: Interactions,
  { questions, seed }: { questions: number; seed: number },
): Examination {
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

/** A model and the options, beside its defaults, that it is to be fitted with. */
export interface Candidate {
  readonly algorithm: Algorithm;
  readonly options: object;
}

/**
 * Fits a model to the past and measures NDCG@10 of what it finds of each kind:
 *
 * - `taste`: products that are new to a user, out of all that the user went on to;
 * - `sequence`: the very next of them, asked for anew at every step;
 * - `repeat`: known products that a user comes back to;
 * - `recency`: what users of whom nothing is known came for; only of models that need no history.
 */
export async function measureFamily(
  { algorithm, options }: Candidate,
  { holdout, steps }: Examination,
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

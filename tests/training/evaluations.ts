import { mean } from "../../src/base/statistics.ts";
import type { Evaluation } from "../../src/evaluation/evaluate.ts";
import { perListMetric } from "../../src/evaluation/list_metrics.ts";
import { NO_ITEM } from "../../src/evaluation/shown_lists.ts";
import { createTally, type TaskResult } from "../../src/evaluation/tally.ts";

/** An evaluation in which users have the given NDCG at all tasks, and all metrics equal it. */
export function evaluationOf(model: string, ndcg: Float32Array): Evaluation {
  const empty = createTally(
    {
      ...{ usersOfItem: Uint32Array.of(1), activeUsers: 1 },
      gains: { inversePropensity: Float64Array.of(1) },
    },
    { k: 10, capacity: 0 },
  ).result();
  const users = ndcg.length;
  const result: TaskResult = {
    ...empty,
    users,
    ndcg: users === 0 ? 0 : mean(ndcg),
    perUser: {
      users: Uint32Array.from(ndcg, (_, user) => user),
      ...perListMetric(() => ndcg),
    },
  };
  const population = { measurable: users, measured: users, withoutTruth: 0, withoutHistory: 0 };
  return {
    ...{ model, k: 10, population },
    tasks: { new: result, repeats: result, all: result },
    lists: { k: 10, items: new Uint32Array(10 * users).fill(NO_ITEM) },
  };
}

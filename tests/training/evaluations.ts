import type { Evaluation } from "../../src/evaluation/evaluate.ts";
import { createTally, type TaskResult } from "../../src/evaluation/tally.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";

/** An evaluation in which users have the given NDCG at both tasks. */
export function evaluationOf(model: string, ndcg: Float32Array): Evaluation {
  const empty = createTally(interactionsOf([[0, 0, 1, 0]]), 10).result();
  const users = ndcg.length;
  const result: TaskResult = {
    ...empty,
    users,
    ndcg: users === 0 ? 0 : ndcg.reduce((sum, value) => sum + value, 0) / users,
    perUser: { ...empty.perUser, users: Uint32Array.from(ndcg, (_, user) => user), ndcg },
  };
  const population = { measurable: users, measured: users, withoutTruth: 0, withoutHistory: 0 };
  return { model, k: 10, tasks: { new: result, all: result }, population };
}

import type { Evaluation, Task } from "../../src/evaluation/evaluate.ts";
import { createTally, type TaskResult } from "../../src/evaluation/tally.ts";
import { InputError } from "../../src/interactions/input_error.ts";
import { chooseModels } from "../../src/training/choose_models.ts";
import { assertEquals, assertStringIncludes, assertThrows } from "../assert.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";

const NAMES = ["popularity", "content", "svd", "pure_svd"];

/** An evaluation in which every list has the given NDCG for new products. */
function evaluationOf(model: string, ndcg: number, users = 5): Evaluation {
  const empty = createTally(interactionsOf([[0, 0, 1, 0]]), 10).result();
  const result: TaskResult = { ...empty, users, ndcg };
  const tasks: Record<Task, TaskResult> = { new: result, all: result };
  const population = { measurable: users, measured: users, withoutTruth: 0, withoutHistory: 0 };
  return { model, k: 10, tasks, population };
}

const measured = {
  validation: [0.1, 0.4, 0.2, 0.3].map((ndcg, i) => evaluationOf(NAMES[i], ndcg)),
  winner: "content",
};

Deno.test("the winner answers; popularity, svd and the best of its family come along", () => {
  const choice = chooseModels(NAMES, measured);
  assertEquals(choice.defaultModel, "content");
  assertEquals(choice.exported, ["popularity", "content", "svd", "pure_svd"]);
  assertEquals(
    choice.reason,
    "content: highest of all; NDCG@10 for new products on validation: " +
      "content 0.4000, pure_svd 0.3000, svd 0.2000, popularity 0.1000",
  );
});

Deno.test("the best of the SVD family can be asked for, and any model by name", () => {
  assertEquals(chooseModels(NAMES, measured, "svd-family").defaultModel, "pure_svd");
  const named = chooseModels(NAMES, measured, "popularity");
  assertEquals(named.defaultModel, "popularity");
  assertStringIncludes(named.reason, "chosen by name");
});

Deno.test("without anybody to measure popularity answers, and the reason says so", () => {
  const validation = NAMES.map((name) => evaluationOf(name, 0, 0));
  const choice = chooseModels(NAMES, { validation });
  assertEquals(choice.defaultModel, "popularity");
  assertEquals(choice.exported, ["popularity", "svd"]);
  assertStringIncludes(choice.reason, "could not be compared");
});

Deno.test("a model that was not trained can't be served", () => {
  assertThrows(
    () => chooseModels(["popularity"], measured, "svd"),
    InputError,
    'Cannot serve model "svd": it must be among those trained: popularity',
  );
});

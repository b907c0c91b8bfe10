import { certaintyOf } from "../../src/evaluation/certainty.ts";
import { evaluate, type Evaluation } from "../../src/evaluation/evaluate.ts";
import type { Model } from "../../src/models/model.ts";
import { assert, assertEquals } from "../assert.ts";
import { type HandEvent, interactionsOf } from "../interactions/made_by_hand.ts";

const USERS = 60;

/** All users know item 0; two in three then go on to item 1, the others to item 2. */
const size = { users: USERS, items: 4 };
const allUsers = Array.from({ length: USERS }, (_, user) => user);
const history = interactionsOf(allUsers.map((user): HandEvent => [user, 0, 1, 1]), size);
const truth = interactionsOf(
  allUsers.map((user): HandEvent => [user, user % 3 === 0 ? 2 : 1, 1, 9]),
  size,
);

function evaluationOf(name: string, scores: number[]): Evaluation {
  const model: Model = {
    itemCount: 4,
    score: (_history, out) => out.set(scores),
    toTensors: () => ({}),
  };
  return evaluate(name, model, { history, truth }, { k: 1 });
}

const evaluations = [
  evaluationOf("popularity", [0, 1, 2, 3]),
  evaluationOf("good", [0, 3, 2, 1]),
  evaluationOf("twin", [0, 3, 2, 1]),
];

Deno.test("each model gets an interval around its mean for every metric", () => {
  const [popularity, good] = certaintyOf(evaluations, "new");
  assertEquals(popularity.intervals.ndcg, { low: 0, high: 0 });
  const { low, high } = good.intervals.hitRate;
  // 40 of 60 hits: mean .667, standard error .061.
  assert(0.5 < low && low < 0.6 && 0.73 < high && high < 0.83, `${low} ${high}`);
});

Deno.test("models are tested against the winner and popularity, never against themselves", () => {
  const [popularity, good, twin] = certaintyOf(evaluations, "new", { replicates: 999 });
  assertEquals(good.pValueWinner, undefined);
  assertEquals(popularity.pValuePopularity, undefined);
  assertEquals(twin.pValueWinner, 1);
  // The smallest p-value that 999 samples allow, .002, twice for two comparisons.
  assertEquals([good.pValuePopularity, twin.pValuePopularity], [0.004, 0.004]);
  assertEquals(popularity.pValueWinner, 0.004);
});

Deno.test("without users to measure there are no intervals", () => {
  const none = interactionsOf([], size);
  const model: Model = { itemCount: 4, score: () => {}, toTensors: () => ({}) };
  assertEquals(certaintyOf([evaluate("x", model, { history, truth: none })], "new"), []);
});

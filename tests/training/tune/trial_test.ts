import { InputError } from "../../../src/base/input_error.ts";
import { figureOf, lossOf, trialOutcome } from "../../../src/training/tune/trial.ts";
import { evaluationOf } from "../evaluations.ts";
import { assertEquals } from "../../assert.ts";

const figures = { users: 3, ndcg: 0.5, recall: 0.25, map: 0.125, rmse: 2 };
const crossValidated = { mean: 1.5, deviation: 0.1 };

Deno.test("a trial keeps the figures for new products, and RMSE if there is one", () => {
  const evaluation = evaluationOf("svd", Float32Array.of(1, 0.5));
  const shared = { users: 2, ndcg: 0.75, recall: 0, map: 0 };
  assertEquals(trialOutcome({ result: { evaluation }, seconds: 3 }), {
    figures: shared,
    seconds: 3,
  });
  const { tasks } = evaluation;
  const rated = { ...evaluation, tasks: { ...tasks, new: { ...tasks.new, rmse: 2 } } };
  assertEquals(trialOutcome({ result: { evaluation: rated, crossValidated }, seconds: 3 }), {
    figures: { ...shared, rmse: 2, crossValidated },
    seconds: 3,
  });
});

Deno.test("a trial that failed keeps the message", () => {
  const error = new InputError("too large");
  assertEquals(trialOutcome({ error, seconds: 3 }), { error: "too large", seconds: 3 });
});

Deno.test("the larger share or the smaller error decides, cross-validated if measured", () => {
  assertEquals(lossOf(figures, "ndcg"), -0.5);
  assertEquals(lossOf(figures, "map"), -0.125);
  assertEquals(lossOf(figures, "rmse"), 2);
  assertEquals(figureOf({ ...figures, crossValidated }, "rmse"), 1.5);
  assertEquals(figureOf({ ...figures, rmse: undefined }, "rmse"), NaN);
  assertEquals(lossOf({ ...figures, users: 0 }, "ndcg"), NaN);
});

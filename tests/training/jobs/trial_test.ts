import { SECONDS_PER_DAY } from "../../../src/base/time.ts";
import { evaluate } from "../../../src/evaluation/evaluate.ts";
import { crossValidateRatings } from "../../../src/evaluation/rating_folds.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { ratingMatrix } from "../../../src/interactions/interactions.ts";
import { popularity } from "../../../src/models/popularity.ts";
import { svd } from "../../../src/models/svd.ts";
import { figureOf, lossOf, prepareTrials, runTrial } from "../../../src/training/jobs/trial.ts";
import { trialDataOf } from "../../../src/training/jobs/trial_data.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { changingShop } from "../changing_shop.ts";

const data = prepareTrials(trialDataOf(changingShop(), 15 * SECONDS_PER_DAY, {}), {});
const small = { factors: 3, epochs: 4, foldInRegularization: 2 };

Deno.test("a trial's figures are those of the same options fitted and evaluated by hand", async () => {
  const figures = await runTrial(popularity, data, {
    options: { halfLifeDays: 2 },
    measure: { k: 5 },
  });
  const model = await popularity.fit(data.history, { halfLifeDays: 2 });
  const { tasks } = evaluate("popularity", model, data, { k: 5 });
  const { users, ndcg, recall, map } = tasks.new;
  assertEquals(figures, { users, ndcg, recall, map });
  assert(users > 100 && ndcg > 0);
});

Deno.test("a model that predicts ratings is measured by RMSE as well, cross-validated if asked", async () => {
  const measure = { k: 5, folds: 3, seed: 2, rating: "sum" } as const;
  const progress: number[] = [];
  const { rmse, crossValidated } = await runTrial(svd, data, {
    options: small,
    measure,
    progress: (done) => progress.push(done),
  });
  const options = { ...svd.defaults, ...small, seed: 2 };
  const expected = crossValidateRatings(ratingMatrix(data.history, "sum"), options, {
    folds: 3,
    seed: 2,
  });
  assertEquals(crossValidated, expected.rmse);
  assert(rmse! > 0);
  assertEquals(progress, progress.toSorted((a, b) => a - b));
  assertEquals(progress.at(-1), 1);
});

Deno.test("an option that the trial names wins over the rating mode of all trials", async () => {
  const run = (rating: string, option: object) =>
    runTrial(svd, data, { options: { ...small, ...option }, measure: { rating } as object });
  assertEquals(await run("max", { rating: "sum" }), await run("sum", {}));
});

Deno.test("options that the model doesn't take are a mistake of the user's", async () => {
  await assertRejects(
    () => runTrial(popularity, data, { options: { halfLifeDays: -1 }, measure: {} }),
    InputError,
    'option "halfLifeDays" must be',
  );
});

Deno.test("what decides is the larger share or the smaller error, cross-validated if there is one", () => {
  const figures = { users: 3, ndcg: 0.5, recall: 0.25, map: 0.125, rmse: 2 };
  const crossValidated = { mean: 1.5, deviation: 0.1 };
  assertEquals(lossOf(figures, "ndcg"), -0.5);
  assertEquals(lossOf(figures, "map"), -0.125);
  assertEquals(lossOf(figures, "rmse"), 2);
  assertEquals(figureOf({ ...figures, crossValidated }, "rmse"), 1.5);
  assertEquals(figureOf({ ...figures, rmse: undefined }, "rmse"), NaN);
  assertEquals(lossOf({ ...figures, users: 0 }, "ndcg"), NaN);
});

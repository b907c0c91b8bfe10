import { InputError } from "../../../src/base/input_error.ts";
import { SECONDS_PER_DAY } from "../../../src/base/time.ts";
import { evaluate } from "../../../src/evaluation/evaluate.ts";
import { prepareHoldout } from "../../../src/evaluation/prepared_holdout.ts";
import { crossValidateRatings } from "../../../src/evaluation/rating_folds.ts";
import { ratingMatrix } from "../../../src/interactions/interactions.ts";
import { popularity } from "../../../src/models/popularity.ts";
import { svd } from "../../../src/models/svd.ts";
import { createJobRunner } from "../../../src/training/jobs/job_runner.ts";
import { trialDataOf } from "../../../src/training/tune/trial_data.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { changingShop } from "../changing_shop.ts";

const data = trialDataOf(changingShop(), 15 * SECONDS_PER_DAY, {});
const ignore = () => {};

Deno.test("a model is measured as if it were fitted and evaluated by hand", async () => {
  const options = { halfLifeDays: 2 };
  const { evaluation, newcomers } = await createJobRunner(data, { k: 5 })
    .measure(popularity, options, ignore);
  const model = await popularity.fit(data.history, options);
  assertEquals(evaluation, evaluate("popularity", model, data, { k: 5 }));
  assert(evaluation.tasks.new.users > 100 && newcomers !== undefined);
});

Deno.test("a prepared holdout gives the same figures", async () => {
  const prepared = { ...prepareHoldout(data, {}), fittedTo: data.fittedTo };
  assertEquals(
    await createJobRunner(prepared).measure(popularity, {}, ignore),
    await createJobRunner(data).measure(popularity, {}, ignore),
  );
});

Deno.test("RMSE is cross-validated on request, with progress through all phases", async () => {
  const options = { ...svd.defaults, factors: 3, epochs: 4, rating: "sum", seed: 2 } as const;
  const progress: number[] = [];
  const { evaluation, crossValidated } = await createJobRunner(data, { folds: 3, seed: 2 })
    .measure(svd, options, (done) => progress.push(done));
  const ratings = ratingMatrix(data.history, "sum");
  assertEquals(crossValidated, crossValidateRatings(ratings, options, { folds: 3, seed: 2 }).rmse);
  assert(evaluation.tasks.new.rmse! > 0);
  assertEquals(progress, progress.toSorted((a, b) => a - b));
  assertEquals(progress.at(-1), 1);
});

Deno.test("a wrong option is the user's mistake", async () => {
  await assertRejects(
    () => createJobRunner(data).fit(popularity, { halfLifeDays: -1 }, ignore),
    InputError,
    'option "halfLifeDays" must be',
  );
});

import { InputError } from "../../src/base/input_error.ts";
import { SECONDS_PER_DAY } from "../../src/base/time.ts";
import { algorithmNamed } from "../../src/models/mod.ts";
import { popularity } from "../../src/models/popularity.ts";
import { svd } from "../../src/models/svd.ts";
import { fitModels, measureModels } from "../../src/training/measure_models.ts";
import { trialDataOf } from "../../src/training/tune/trial_data.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { changingShop } from "./changing_shop.ts";

const shop = changingShop();
const holdout = trialDataOf(shop, 15 * SECONDS_PER_DAY, {});
const models = [popularity, svd];
const small = { tuned: { svd: { factors: 4, epochs: 3 } }, seed: 5, k: 5 };

Deno.test("workers and this thread give the same figures, to the bit", async () => {
  const here = await measureModels(models, holdout, { ...small, workers: 1 });
  const there = await measureModels(models, holdout, { ...small, workers: 2 });
  assertEquals(there.evaluations, here.evaluations);
  assertEquals(there.newcomers, here.newcomers);
  assert(here.evaluations[1].tasks.new.users > 0);
});

Deno.test("workers and this thread fit the same models", async () => {
  const [here, there] = await Promise.all(
    [1, 2].map((workers) => fitModels(models, shop, { ...small, workers, halfLifeDays: 9 })),
  );
  assertEquals(there.map((model) => model.toTensors()), here.map((model) => model.toTensors()));
});

Deno.test("a user's mistake found in a worker is an InputError here", async () => {
  const tuned = { popularity: { halfLifeDays: -1 } };
  for (const workers of [1, 2]) {
    await assertRejects(
      () => measureModels(models, holdout, { tuned, workers }),
      InputError,
      'Cannot fit popularity: option "halfLifeDays" must be a number above 0, got -1',
    );
  }
});

Deno.test("progress rises to 1, over all models together", async () => {
  const reported: number[] = [];
  await measureModels(models, holdout, { ...small, workers: 2 }, (done) => reported.push(done));
  assertEquals(reported, reported.toSorted((a, b) => a - b));
  assertEquals(reported.at(-1), 1);
});

Deno.test("each model is noted, with its seconds, when it has been measured", async () => {
  for (const workers of [1, 2]) {
    const notes: string[] = [];
    await measureModels(models, holdout, { ...small, workers }, (_, note) => {
      if (note !== undefined) notes.push(note);
    });
    assertEquals(notes.map((note) => note.replace(/\d+\.\d/, "1.5")).sort(), [
      "popularity fitted and measured in 1.5 s",
      "svd fitted and measured in 1.5 s",
    ]);
  }
});

Deno.test("models that can't be fitted are skipped if requested, with the reason", async () => {
  const tuned = { ...small.tuned, popularity: { halfLifeDays: -1 } };
  for (const workers of [1, 2]) {
    const options = { ...small, tuned, workers, skipUnfit: true };
    const { evaluations, skipped } = await measureModels(models, holdout, options);
    assertEquals(evaluations.map(({ model }) => model), ["svd"]);
    assertEquals(skipped.map(({ model }) => model), ["popularity"]);
    assert(skipped[0].reason.startsWith("Cannot fit popularity: option"));
    await assertRejects(
      () => measureModels([popularity], holdout, options),
      InputError,
      "Cannot fit popularity",
    );
  }
});

Deno.test("figures are the same whether or not a blend left the model to be measured", async () => {
  const members = ["item_knn", "sequential_rules"];
  const tuned = { blend: { members: members.map((name) => ({ name })) } };
  const named = [...members, "blend"].map(algorithmNamed);
  const alone = await Promise.all(
    named.map((algorithm) => measureModels([algorithm], holdout, { tuned, k: 5 })),
  );
  for (const workers of [1, 2]) {
    const together = await measureModels(named, holdout, { tuned, k: 5, workers });
    assertEquals(together.evaluations, alone.map(({ evaluations }) => evaluations[0]));
  }
});

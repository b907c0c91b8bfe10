import { SECONDS_PER_DAY } from "../../../src/base/time.ts";
import type { IdMap } from "../../../src/interactions/id_map.ts";
import { popularity } from "../../../src/models/popularity.ts";
import { createTrialPool } from "../../../src/training/tune/pool.ts";
import { prepareTrials, runTrial } from "../../../src/training/jobs/trial.ts";
import { trialDataOf } from "../../../src/training/jobs/trial_data.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { changingShop } from "../changing_shop.ts";

const data = trialDataOf(changingShop(), 15 * SECONDS_PER_DAY, {});
const later = trialDataOf(changingShop({ seed: 2 }), 15 * SECONDS_PER_DAY, {});

Deno.test("workers give the same figures as this thread, on the data loaded last", async () => {
  using pool = createTrialPool("popularity", { k: 5 }, { workers: 2 });
  for (const loaded of [data, later]) {
    pool.load(loaded);
    const halfLives = [1, 2, 3, 4, 5];
    const outcomes = await Promise.all(halfLives.map((halfLifeDays) => pool.run({ halfLifeDays })));
    const prepared = prepareTrials(loaded, {});
    for (const [i, outcome] of outcomes.entries()) {
      const options = { halfLifeDays: halfLives[i] };
      const figures = await runTrial(popularity, prepared, { options, measure: { k: 5 } });
      assert("figures" in outcome);
      assertEquals(outcome.figures, figures);
    }
  }
});

Deno.test("a bad option gives the model's message, a bug its stack trace", async () => {
  using pool = createTrialPool("popularity", { k: 0 }, { workers: 1 });
  pool.load(data);
  const bad = await pool.run({ halfLifeDays: -1 });
  const message = 'Cannot fit popularity: option "halfLifeDays" must be a number above 0, got -1';
  assertEquals("error" in bad && bad.error, message);
  const bug = await pool.run({});
  assert("error" in bug && bug.error.includes("RangeError") && bug.error.includes(".ts:"));
});

Deno.test("a worker that crashes fails the trials that wait for it", async () => {
  using pool = createTrialPool("popularity", {}, { workers: 1 });
  const unreadable = { toTensors: () => ({}) } as IdMap;
  pool.load({ ...data, history: { ...data.history, userIds: unreadable } });
  await assertRejects(() => pool.run({}), Error, "A worker broke");
});

Deno.test("running and waiting trials reject with the reason for stopping", async () => {
  const controller = new AbortController();
  using pool = createTrialPool("popularity", {}, { workers: 1, signal: controller.signal });
  pool.load(data);
  const trials = [pool.run({}), pool.run({})];
  controller.abort(new Error("enough"));
  for (const trial of trials) await assertRejects(() => trial, Error, "enough");
  await assertRejects(() => pool.run({}), Error, "enough");
});

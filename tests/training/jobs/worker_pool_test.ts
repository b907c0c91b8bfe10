import { InputError } from "../../../src/base/input_error.ts";
import { SECONDS_PER_DAY } from "../../../src/base/time.ts";
import type { IdMap } from "../../../src/interactions/id_map.ts";
import { popularity } from "../../../src/models/popularity.ts";
import { svd } from "../../../src/models/svd.ts";
import { createLocalPool } from "../../../src/training/jobs/local_pool.ts";
import { resultOf } from "../../../src/training/jobs/pool.ts";
import { createWorkerPool } from "../../../src/training/jobs/worker_pool.ts";
import { trialDataOf } from "../../../src/training/tune/trial_data.ts";
import { assert, assertEquals, assertRejects, assertThrows } from "../../assert.ts";
import { changingShop } from "../changing_shop.ts";

const data = trialDataOf(changingShop(), 15 * SECONDS_PER_DAY, {});
const later = trialDataOf(changingShop({ seed: 2 }), 15 * SECONDS_PER_DAY, {});
const small = { factors: 3, epochs: 4 };

Deno.test("workers give the same figures as this thread, on the data loaded last", async () => {
  using pool = createWorkerPool({ workers: 2 });
  using local = createLocalPool();
  for (const loaded of [data, later]) {
    pool.load(loaded, { k: 5 });
    local.load(loaded, { k: 5 });
    const jobs = [1, 2, 3, 4, 5].map((halfLifeDays) => ({ halfLifeDays }));
    const there = await Promise.all(jobs.map((options) => pool.measure(popularity, options)));
    for (const [i, options] of jobs.entries()) {
      assertEquals(resultOf(there[i]), resultOf(await local.measure(popularity, options)));
    }
  }
});

Deno.test("jobs that fit and jobs that measure share the workers", async () => {
  using pool = createWorkerPool({ workers: 2 });
  using local = createLocalPool();
  pool.load(data, { k: 5 });
  local.load(data, { k: 5 });
  const [model, measured] = await Promise.all([pool.fit(svd, small), pool.measure(svd, small)]);
  const expected = resultOf(await local.fit(svd, small));
  assertEquals(resultOf(model).toTensors(), expected.toTensors());
  assertEquals(resultOf(measured), resultOf(await local.measure(svd, small)));
});

Deno.test("a bad option gives the model's message, a bug its stack trace", async () => {
  using pool = createWorkerPool({ workers: 1 });
  pool.load(data, { k: 0 });
  const bad = await pool.measure(popularity, { halfLifeDays: -1 });
  const message = 'Cannot fit popularity: option "halfLifeDays" must be a number above 0, got -1';
  assertThrows(() => resultOf(bad), InputError, message);
  const bug = await pool.measure(popularity, {});
  assert("error" in bug && !(bug.error instanceof InputError));
  assert(bug.error.message.includes("RangeError") && bug.error.message.includes(".ts:"));
});

Deno.test("each job reports its own progress", async () => {
  using pool = createWorkerPool({ workers: 2 });
  pool.load(data);
  // Long enough for several reports, which are sent every 100 ms.
  const shares = await Promise.all([1500, 3000].map(async (epochs) => {
    const reported: number[] = [];
    await pool.fit(svd, { factors: 50, epochs }, (done) => reported.push(done));
    return reported;
  }));
  for (const reported of shares) {
    assert(reported.length > 0);
    assertEquals(reported, reported.toSorted((a, b) => a - b));
  }
});

Deno.test("a worker that crashes fails the jobs that wait for it", async () => {
  using pool = createWorkerPool({ workers: 1 });
  const unreadable = { toTensors: () => ({}) } as IdMap;
  pool.load({ ...data, history: { ...data.history, userIds: unreadable } });
  await assertRejects(() => pool.measure(popularity, {}), Error, "A worker broke");
});

Deno.test("running and waiting jobs reject with the reason for stopping", async () => {
  const controller = new AbortController();
  using pool = createWorkerPool({ workers: 1, signal: controller.signal });
  pool.load(data);
  const jobs = [pool.measure(popularity, {}), pool.fit(popularity, {})];
  controller.abort(new Error("enough"));
  for (const job of jobs) await assertRejects(() => job, Error, "enough");
  await assertRejects(() => pool.measure(popularity, {}), Error, "enough");
});

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

Deno.test("workers give the same figures as this thread, on several data at a time", async () => {
  using pool = createWorkerPool({ workers: 2 });
  using local = createLocalPool();
  const trials = [1, 2, 3, 4, 5].map((halfLifeDays) => ({ halfLifeDays }));
  const measured = [data, later].map(async (each) => {
    using jobs = pool.load(each, { k: 5 });
    return await Promise.all(trials.map((options) => jobs.measure(popularity, options)));
  });
  for (const [d, each] of [data, later].entries()) {
    const here = local.load(each, { k: 5 });
    const there = await measured[d];
    for (const [i, options] of trials.entries()) {
      assertEquals(resultOf(there[i]), resultOf(await here.measure(popularity, options)));
    }
  }
});

Deno.test("jobs that fit and jobs that measure share the workers", async () => {
  using pool = createWorkerPool({ workers: 2 });
  using local = createLocalPool();
  const there = pool.load(data, { k: 5 });
  const here = local.load(data, { k: 5 });
  const [model, measured] = await Promise.all([there.fit(svd, small), there.measure(svd, small)]);
  const expected = resultOf(await here.fit(svd, small));
  assertEquals(resultOf(model).toTensors(), expected.toTensors());
  assertEquals(resultOf(measured), resultOf(await here.measure(svd, small)));
});

Deno.test("jobs on the first data come first, then the longest on others", async () => {
  using pool = createWorkerPool({ workers: 1 });
  const first = pool.load(data, { k: 5 }), second = pool.load(later, { k: 5 });
  const ended: string[] = [];
  const note = async (job: Promise<unknown>, name: string) => {
    await job;
    ended.push(name);
  };
  await Promise.all([
    note(first.measure(popularity, {}), "starts at once"),
    note(second.measure(popularity, {}), "short, second data"),
    note(second.measure(svd, small), "long, second data"),
    note(first.fit(popularity, {}), "short, first data"),
  ]);
  assertEquals(ended, [
    "starts at once",
    "short, first data",
    "long, second data",
    "short, second data",
  ]);
});

Deno.test("a bad option gives the model's message, a bug its stack trace", async () => {
  using pool = createWorkerPool({ workers: 1 });
  const jobs = pool.load(data, { k: 0 });
  const bad = await jobs.measure(popularity, { halfLifeDays: -1 });
  const message = 'Cannot fit popularity: option "halfLifeDays" must be a number above 0, got -1';
  assertThrows(() => resultOf(bad), InputError, message);
  const bug = await jobs.measure(popularity, {});
  assert("error" in bug && !(bug.error instanceof InputError));
  assert(bug.error.message.includes("RangeError") && bug.error.message.includes(".ts:"));
});

Deno.test("each job reports its own progress", async () => {
  using pool = createWorkerPool({ workers: 2 });
  const jobs = pool.load(data);
  const reportedBy = async (epochs: number) => {
    const reported: number[] = [];
    await jobs.fit(svd, { factors: 50, epochs }, (share) => reported.push(share));
    return reported;
  };
  const epochs = [20, 300];
  for (const [i, reported] of (await Promise.all(epochs.map(reportedBy))).entries()) {
    // The first share is sent at once, later ones every 100 ms.
    assertEquals(reported[0], 1 / epochs[i]);
    assertEquals(reported, reported.toSorted((a, b) => a - b));
  }
});

Deno.test("a worker that crashes fails the jobs that wait for it", async () => {
  using pool = createWorkerPool({ workers: 1 });
  const unreadable = { toTensors: () => ({}) } as IdMap;
  const jobs = pool.load({ ...data, history: { ...data.history, userIds: unreadable } });
  await assertRejects(() => jobs.measure(popularity, {}), Error, "A worker broke");
});

Deno.test("running and waiting jobs reject with the reason for stopping", async () => {
  const controller = new AbortController();
  using pool = createWorkerPool({ workers: 1, signal: controller.signal });
  const jobs = pool.load(data);
  const submitted = [jobs.measure(popularity, {}), jobs.fit(popularity, {})];
  controller.abort(new Error("enough"));
  for (const job of submitted) await assertRejects(() => job, Error, "enough");
  await assertRejects(() => jobs.measure(popularity, {}), Error, "enough");
});

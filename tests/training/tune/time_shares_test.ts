import { inTimeShares } from "../../../src/training/tune/time_shares.ts";
import { assertEquals } from "../../assert.ts";

/** Tasks that need some time each, on a clock that only they move. */
async function runAll(needs: Readonly<Record<string, number>>, until?: number) {
  let clock = 0;
  const left = new Map(Object.entries(needs));
  const runs: [task: string, from: number, to: number][] = [];
  await inTimeShares(Object.keys(needs), (task, until) => {
    const from = clock;
    const used = Math.min(left.get(task)!, until - clock);
    clock += used;
    left.set(task, left.get(task)! - used);
    runs.push([task, from, clock]);
    return Promise.resolve(left.get(task)!);
  }, { until, now: () => clock });
  return runs;
}

Deno.test("each task has an equal share of the time, and leaves the rest to others", async () => {
  assertEquals(await runAll({ a: 10, b: 60, c: 60 }, 90), [
    ["a", 0, 10],
    // 80 are left for two.
    ["b", 10, 50],
    ["c", 50, 90],
  ]);
});

Deno.test("tasks that were cut short go on in the time that others left", async () => {
  assertEquals(await runAll({ a: 50, b: 10, c: 10 }, 90), [
    ["a", 0, 30],
    ["b", 30, 40],
    ["c", 40, 50],
    ["a", 50, 70],
  ]);
});

Deno.test("without a limit all tasks end", async () => {
  assertEquals(await runAll({ a: 50, b: 1000 }), [["a", 0, 50], ["b", 50, 1050]]);
});

Deno.test("a task that can't advance isn't run for ever", async () => {
  let runs = 0;
  await inTimeShares(["a"], () => Promise.resolve(++runs > 0 ? 7 : 0), {
    until: 100,
    now: () => 0,
  });
  assertEquals(runs, 2);
});

import { sleep } from "../../../src/base/time.ts";
import { Deadline } from "../../../src/service/store/deadline.ts";
import { StoreError } from "../../../src/service/store/store_error.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";

const never = () => new Promise<never>(() => {});
const MESSAGE = "it didn't answer within 0.05 seconds";

Deno.test("a call in time has its own answer or error", async () => {
  using deadline = new Deadline(0.05);
  assertEquals(await deadline.run(() => sleep(20).then(() => 7)), 7);
  await assertRejects(
    () => deadline.run(() => Promise.reject(new TypeError("no such key"))),
    TypeError,
    "no such key",
  );
});

Deno.test("a call that takes longer fails in time, each by its own start", async () => {
  using deadline = new Deadline(0.05);
  const started = performance.now();
  const failed: number[] = [];
  const call = () =>
    assertRejects(() => deadline.run(never), StoreError, MESSAGE)
      .then(() => failed.push(performance.now() - started));
  const first = call();
  await sleep(25);
  await Promise.all([first, call()]);
  assert(failed[0] >= 50 && failed[1] >= 74, `they failed after ${failed} ms`);
  assert(failed[1] < 1000, `they failed after ${failed} ms`);
});

Deno.test("after a call without an answer none is made until a probe has one", async () => {
  using deadline = new Deadline(0.05, { probeEveryMs: 10 });
  let isDead = true, probes = 0, calls = 0;
  deadline.probe = () => (probes++, isDead ? never() : Promise.resolve());
  await assertRejects(() => deadline.run(never), StoreError, MESSAGE);
  const call = () => deadline.run(() => Promise.resolve(++calls));
  await assertRejects(call, StoreError, MESSAGE);
  assertEquals(calls, 0);
  await sleep(150);
  await assertRejects(call, StoreError, MESSAGE);
  assert(probes >= 2, `it was asked ${probes} times whether it answers`);
  isDead = false;
  const started = performance.now();
  while (calls === 0 && performance.now() - started < 2000) {
    await sleep(5);
    await call().catch(() => {});
  }
  assertEquals(await call(), 2);
});

Deno.test("a closed one probes no more", async () => {
  const deadline = new Deadline(0.01, { probeEveryMs: 1 });
  let probes = 0;
  deadline.probe = () => (probes++, Promise.reject(new Error("still dead")));
  await assertRejects(() => deadline.run(never), StoreError);
  await sleep(30);
  deadline[Symbol.dispose]();
  const before = probes;
  assert(before > 0);
  await sleep(30);
  assertEquals(probes, before);
});

import { sleep } from "../../src/base/time.ts";
import { Patience } from "../../src/histories/patience.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";

const never = () => new Promise<never>(() => {});
const LATE = "no answer within 0.05 seconds";

Deno.test("an answer in time, or an error, is passed on", async () => {
  const patience = new Patience(0.05);
  assertEquals(await patience.run(() => sleep(10).then(() => 7)), 7);
  await assertRejects(() => patience.run(() => Promise.reject(new TypeError("no"))), TypeError);
  assertEquals(await patience.run(() => Promise.resolve(8)), 8);
});

Deno.test("after a late one nobody waits, then one tries again, alone", async () => {
  const patience = new Patience(0.05, { pauseMs: 60 });
  let aborted = false;
  const late = (signal: AbortSignal) => {
    signal.addEventListener("abort", () => aborted = true);
    return never();
  };
  await assertRejects(() => patience.run(late), Error, LATE);
  assert(aborted, "the read must be stopped");
  let calls = 0;
  const call = () => Promise.resolve(++calls);
  await assertRejects(() => patience.run(call), Error, LATE);
  assertEquals(calls, 0);
  await sleep(80);
  const trying = patience.run(never);
  await assertRejects(() => patience.run(call), Error, LATE);
  await assertRejects(() => trying, Error, LATE);
  await sleep(80);
  assertEquals(await patience.run(call), 1);
  assertEquals(await patience.run(call), 2);
});

Deno.test("an error in time ends the silence, too", async () => {
  const patience = new Patience(0.05, { pauseMs: 60 });
  await assertRejects(() => patience.run(never), Error, LATE);
  await sleep(80);
  for (let i = 0; i < 2; i++) {
    await assertRejects(() => patience.run(() => Promise.reject(new TypeError("no"))), TypeError);
  }
});

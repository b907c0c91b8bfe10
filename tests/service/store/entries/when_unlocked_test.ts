import { whenUnlocked } from "../../../../src/service/store/entries/when_unlocked.ts";
import { assertEquals, assertRejects } from "../../../assert.ts";

Deno.test("a write to a locked store succeeds once it is unlocked", async () => {
  let attempts = 0;
  const write = () => {
    if (++attempts < 4) return Promise.reject(new TypeError("database is locked"));
    return Promise.resolve("written");
  };
  assertEquals(await whenUnlocked(write), "written");
  assertEquals(attempts, 4);
});

Deno.test("a write that fails for another reason isn't retried", async () => {
  let attempts = 0;
  const write = () => {
    attempts++;
    return Promise.reject(new TypeError("database or disk is full"));
  };
  await assertRejects(() => whenUnlocked(write), TypeError, "disk is full");
  assertEquals(attempts, 1);
});

Deno.test("a write to a store locked for more than five seconds fails", async () => {
  const { now } = performance;
  let attempts = 0;
  const write = () => {
    // The second attempt ends six seconds after the first.
    if (++attempts === 2) performance.now = () => now.call(performance) + 6000;
    return Promise.reject(new TypeError("database is locked"));
  };
  try {
    await assertRejects(() => whenUnlocked(write), TypeError, "database is locked");
  } finally {
    performance.now = now;
  }
  assertEquals(attempts, 2);
});

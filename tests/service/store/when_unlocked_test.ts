import { whenUnlocked } from "../../../src/service/store/when_unlocked.ts";
import { assertEquals, assertRejects } from "../../assert.ts";

Deno.test("a write that meets another process's is made when that one is done", async () => {
  let tries = 0;
  const write = () => {
    if (++tries < 4) return Promise.reject(new TypeError("database is locked"));
    return Promise.resolve("written");
  };
  assertEquals(await whenUnlocked(write), "written");
  assertEquals(tries, 4);
});

Deno.test("what fails for another reason is not tried again", async () => {
  let tries = 0;
  const write = () => {
    tries++;
    return Promise.reject(new TypeError("database or disk is full"));
  };
  await assertRejects(() => whenUnlocked(write), TypeError, "disk is full");
  assertEquals(tries, 1);
});

Deno.test("a store that stays locked is given up", async () => {
  const write = () => Promise.reject(new TypeError("database is locked"));
  await assertRejects(() => whenUnlocked(write, { giveUpMs: 20 }), TypeError, "locked");
});

import { Turns } from "../../../src/service/protection/turns.ts";
import { sleep } from "../../../src/base/time.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";

/** Keeps the event loop busy. */
function block(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

Deno.test("work is done one after another, and a failure doesn't stop what follows", async () => {
  const turns = new Turns();
  const order: string[] = [];
  const slow = turns.take(async () => {
    await sleep(5);
    order.push("slow");
    return 1;
  });
  const failing = turns.take(() => {
    order.push("failing");
    throw new Error("failed");
  });
  const last = turns.take(() => order.push("last"));
  await assertRejects(() => failing, Error, "failed");
  assertEquals([await slow, await last], [1, 3]);
  assertEquals(order, ["slow", "failing", "last"]);
});

/** The time between the end of a turn that takes `ms` and the start of the next one. */
async function pauseAfter(ms: number): Promise<number> {
  const turns = new Turns();
  let end = 0;
  await turns.take(() => {
    block(ms);
    end = performance.now();
  });
  return await turns.take(() => performance.now()) - end;
}

Deno.test("after each turn there is a pause of half its length", async () => {
  const pause = await pauseAfter(40);
  assert(pause >= 19, `${pause} ms`);
});

Deno.test("after a short turn there is a pause of 4 ms, or of its length", async () => {
  const pauses = [await pauseAfter(5), await pauseAfter(2)];
  assert(pauses[0] >= 3.5 && pauses[1] >= 1.5, pauses.join());
});

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

Deno.test("after each turn there is a pause of half its length", async () => {
  const turns = new Turns();
  const ends: number[] = [];
  const starts: number[] = [];
  await Promise.all([40, 40].map((ms) =>
    turns.take(() => {
      starts.push(performance.now());
      block(ms);
      ends.push(performance.now());
    })
  ));
  assert(starts[1] - ends[0] >= 19, `${starts[1] - ends[0]} ms`);
});

import { RefusalPace } from "../../../src/service/protection/refusal_pace.ts";
import { sleep } from "../../../src/base/time.ts";
import { assert, assertEquals } from "../../assert.ts";

Deno.test("of the refusals in a tenth of a second fifty are immediate", async () => {
  const pace = new RefusalPace();
  const refusals = Array.from({ length: 60 }, () => pace.next(1000));
  assertEquals(refusals.map((refusal) => refusal === undefined), [
    ...Array(50).fill(true),
    ...Array(10).fill(false),
  ]);
  assertEquals(pace.next(1100), undefined);
  const started = performance.now();
  const early = await Promise.race([refusals[59], sleep(500).then(() => "held")]);
  assertEquals(early, "held");
  await Promise.all(refusals);
  assert(performance.now() - started >= 950);
});

Deno.test("delayed refusals are spread, and none waits for more than three seconds", async () => {
  const pace = new RefusalPace();
  const started = performance.now();
  const waited: number[] = [];
  const refusals = Array.from({ length: 4050 }, async () => {
    const held = pace.next(started);
    if (!held) return;
    await held;
    waited.push(performance.now() - started);
  });
  await Promise.all(refusals);
  // One a millisecond from the first second on, the last two thousand after three.
  assertEquals(waited.length, 4000);
  assert(waited[0] >= 990, String(waited[0]));
  for (const n of [500, 1000, 1500]) {
    assert(Math.abs(waited[n] - (1000 + n)) < 250, `${n}: ${waited[n]}`);
  }
  assert(waited[3999] < 3500, String(waited[3999]));
});

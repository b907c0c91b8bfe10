import { ProblemError } from "../../../src/service/http/problem.ts";
import { Capacity } from "../../../src/service/protection/capacity.ts";
import { RefusalPace } from "../../../src/service/protection/refusal_pace.ts";
import { sleep } from "../../../src/base/time.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

Deno.test("work is refused once its weights reach the limit, until some is done", () => {
  const capacity = new Capacity(12);
  const returnHeavy = capacity.take(10);
  capacity.take();
  assertThrows(() => capacity.take(2), ProblemError);
  const returnLast = capacity.take();
  assertEquals([capacity.free, capacity.count], [0, 3]);
  returnHeavy();
  returnHeavy();
  assertEquals([capacity.free, capacity.count], [10, 2]);
  returnLast();
  assertEquals(capacity.count, 1);
});

Deno.test("work heavier than the limit takes all of it", () => {
  const capacity = new Capacity(3);
  const done = capacity.take(10);
  assertEquals(capacity.free, 0);
  done();
  assertEquals(capacity.free, 3);
});

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

import { ProblemError } from "../../../src/service/http/problem.ts";
import { Capacity } from "../../../src/service/protection/capacity.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

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

import { RateLimiter } from "../../../src/service/protection/rate_limiter.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("after a burst of twice the rate each request waits for its token", () => {
  const limiter = new RateLimiter(2);
  assertEquals([1, 2, 3, 4, 5].map(() => limiter.take("ann", 0)), [0, 0, 0, 0, 0.5]);
  assertEquals(limiter.take("ann", 200), 0.3);
  assertEquals(limiter.take("ann", 500), 0);
  assertEquals(limiter.take("ann", 500), 0.5);
});

Deno.test("a bucket never holds more than the burst", () => {
  const limiter = new RateLimiter(1);
  assertEquals([1, 2, 3].map(() => limiter.take("ann", 0)), [0, 0, 1]);
  assertEquals([1, 2, 3].map(() => limiter.take("ann", 3_600_000)), [0, 0, 1]);
});

Deno.test("a rate below one a second still lets the first request in", () => {
  const limiter = new RateLimiter(0.1);
  assertEquals([limiter.take("ann", 0), limiter.take("ann", 0)], [0, 10]);
});

Deno.test("each caller has a bucket of their own", () => {
  const limiter = new RateLimiter(0.5);
  assertEquals(["ann", "bob", "ann"].map((caller) => limiter.take(caller, 0)), [0, 0, 2]);
});

Deno.test("10,000 callers are remembered; the one not seen for longest is forgotten first", () => {
  const limiter = new RateLimiter(0.5);
  for (const caller of ["ann", "bob", "ann"]) limiter.take(caller, 0);
  for (let i = 0; i < 9999; i++) limiter.take(`caller ${i}`, 0);
  assertEquals([limiter.take("ann", 0), limiter.take("bob", 0)], [2, 0]);
});

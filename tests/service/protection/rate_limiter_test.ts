import { RateLimiter } from "../../../src/service/protection/rate_limiter.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("after a burst of twice the rate each request waits for its token", () => {
  const limiter = new RateLimiter(2);
  assertEquals([1, 2, 3, 4, 5].map(() => limiter.take("ann", { now: 0 })), [0, 0, 0, 0, 0.5]);
  assertEquals(limiter.take("ann", { now: 200 }), 0.3);
  assertEquals(limiter.take("ann", { now: 500 }), 0);
  assertEquals(limiter.take("ann", { now: 500 }), 0.5);
});

Deno.test("a bucket never holds more than the burst", () => {
  const limiter = new RateLimiter(1);
  assertEquals([1, 2, 3].map(() => limiter.take("ann", { now: 0 })), [0, 0, 1]);
  assertEquals([1, 2, 3].map(() => limiter.take("ann", { now: 3_600_000 })), [0, 0, 1]);
});

Deno.test("a rate below one a second still lets the first request in", () => {
  const limiter = new RateLimiter(0.1);
  assertEquals([limiter.take("ann", { now: 0 }), limiter.take("ann", { now: 0 })], [0, 10]);
});

Deno.test("each caller has a bucket of their own", () => {
  const limiter = new RateLimiter(0.5);
  assertEquals(["ann", "bob", "ann"].map((caller) => limiter.take(caller, { now: 0 })), [0, 0, 2]);
});

Deno.test("10,000 callers are remembered; the one not seen for longest is forgotten first", () => {
  const limiter = new RateLimiter(0.5);
  for (const caller of ["ann", "bob", "ann"]) limiter.take(caller, { now: 0 });
  for (let i = 0; i < 9999; i++) limiter.take(`caller ${i}`, { now: 0 });
  assertEquals([limiter.take("ann", { now: 0 }), limiter.take("bob", { now: 0 })], [2, 0]);
});

Deno.test("a costly request takes several tokens, at most a full bucket", () => {
  const limiter = new RateLimiter(2);
  // Of the four at first, three, then one; then three take 1.5 seconds.
  assertEquals(limiter.take("ann", { now: 0, cost: 3 }), 0);
  assertEquals(limiter.take("ann", { now: 0 }), 0);
  assertEquals(limiter.take("ann", { now: 0, cost: 3 }), 1.5);
  assertEquals(limiter.take("ann", { now: 2000, cost: 100 }), 0);
});

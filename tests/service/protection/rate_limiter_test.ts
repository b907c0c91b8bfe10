import { RateLimiter } from "../../../src/service/protection/rate_limiter.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("after a burst each request waits for its token", () => {
  const limiter = new RateLimiter({ perSecond: 4, burst: 3 });
  assertEquals([1, 2, 3, 4].map(() => limiter.take("ann", 0)), [0, 0, 0, 0.25]);
  assertEquals(limiter.take("ann", 100), 0.15);
  assertEquals(limiter.take("ann", 250), 0);
  assertEquals(limiter.take("ann", 250), 0.25);
});

Deno.test("a bucket never holds more than the burst", () => {
  const limiter = new RateLimiter({ perSecond: 1 });
  assertEquals([1, 2, 3].map(() => limiter.take("ann", 0)), [0, 0, 1]);
  assertEquals([1, 2, 3].map(() => limiter.take("ann", 3_600_000)), [0, 0, 1]);
});

Deno.test("a rate below one a second still lets one in", () => {
  const limiter = new RateLimiter({ perSecond: 0.1 });
  assertEquals([limiter.take("ann", 0), limiter.take("ann", 0)], [0, 10]);
});

Deno.test("callers don't take each other's tokens", () => {
  const limiter = new RateLimiter({ perSecond: 1, burst: 1 });
  assertEquals(["ann", "bob", "ann"].map((caller) => limiter.take(caller, 0)), [0, 0, 1]);
});

Deno.test("of many callers those not seen for longest are forgotten", () => {
  const limiter = new RateLimiter({ perSecond: 1, burst: 1, mostCallers: 2 });
  for (const caller of ["ann", "bob", "ann", "cleo"]) limiter.take(caller, 0);
  assertEquals(limiter.size, 2);
  assertEquals(limiter.take("ann", 0), 1);
  assertEquals(limiter.take("bob", 0), 0);
});

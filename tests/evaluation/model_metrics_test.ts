import { novelty } from "../../src/evaluation/model_metrics.ts";
import { assertEquals } from "../assert.ts";

Deno.test("novelty is the mean of log₂(users / users who knew the item)", () => {
  // 8 users: item 0 known to all (0 bits), item 1 to two (2 bits), item 2 to none (3 bits).
  assertEquals(novelty(Uint32Array.of(0, 1), Uint32Array.of(8, 2, 0), 8), 1);
  assertEquals(novelty(Uint32Array.of(2), Uint32Array.of(8, 2, 0), 8), 3);
  assertEquals(novelty(new Uint32Array(0), Uint32Array.of(1), 8), 0);
});

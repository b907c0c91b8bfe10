import { createRandom } from "../../../src/linalg/random.ts";
import { DistinctItems } from "../../../src/linalg/sparse/distinct_items.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("items are collected as by a set, however many, one collection after another", () => {
  const random = createRandom(1);
  const distinct = new DistinctItems();
  for (const size of [0, 10, 1000, 3]) {
    const items = Array.from({ length: size }, () => random.integer(700));
    for (const item of items) distinct.add(item);
    assertEquals(distinct.take(), Uint32Array.from(new Set(items)));
  }
});

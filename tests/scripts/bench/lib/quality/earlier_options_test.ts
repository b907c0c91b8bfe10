import { earlierOptions } from "../../../../../scripts/bench/lib/quality/earlier_options.ts";
import { IdMap } from "../../../../../src/interactions/id_map.ts";
import { groupByUser } from "../../../../../src/interactions/interactions.ts";
import { algorithmNamed } from "../../../../../src/models/mod.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../../../assert.ts";

/** Two users with two of four products each; every event is one view. */
const train = groupByUser({
  userIds: IdMap.from(["a", "b"]),
  itemIds: IdMap.from(["1", "2", "3", "4"]),
  users: Uint32Array.of(0, 0, 1, 1),
  items: Uint32Array.of(0, 1, 2, 3),
  weights: new Float32Array(4).fill(1),
  times: new Uint32Array(4).fill(1_000_000_000),
});

Deno.test("the earlier weight of als is .03 for each pair, whatever the density", () => {
  // α₀ = ratio · Σ w / (users · items) = ratio · 4 / 8, since log₂(1 + 1) = 1.
  const { unobservedRatio } = earlierOptions("als", train) ?? {};
  assertAlmostEquals(Number(unobservedRatio) * 4 / 8, 0.03, 1e-9);
});

Deno.test("earlier defaults are options that the models still have", () => {
  for (const name of ["als", "item_knn", "ease", "graph_svd", "pure_svd", "session_knn"]) {
    const { defaults } = algorithmNamed(name);
    const options = Object.keys(earlierOptions(name, train) ?? {});
    assert(options.length > 0, name);
    assertEquals(options.filter((option) => !(option in defaults)), [], name);
  }
});

Deno.test("a model whose defaults are as they were has no earlier ones", () => {
  assertEquals(earlierOptions("popularity", train), undefined);
});

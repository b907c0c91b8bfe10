import { chooseCombinations, gridOf, spaceSize } from "../../../src/training/tune/search_space.ts";
import { assert, assertEquals } from "../../assert.ts";

const space = { a: [1, 2, 3], b: [true, false], c: ["x", "y", "z", "w"] };

Deno.test("the grid has every combination once, the last option varying fastest", () => {
  assertEquals(spaceSize(space), 24);
  const grid = gridOf(space);
  assertEquals(new Set(grid.map((options) => JSON.stringify(options))).size, 24);
  assertEquals(grid.slice(0, 2), [{ a: 1, b: true, c: "x" }, { a: 1, b: true, c: "y" }]);
  assertEquals(grid[23], { a: 3, b: false, c: "w" });
});

Deno.test("a space without options has one combination, the defaults", () => {
  assertEquals([spaceSize({}), gridOf({})], [1, [{}]]);
});

/** Defaults that the space doesn't have. */
const defaults = { a: 9, b: false, c: "x", d: 1 };
const first = { a: 9, b: false, c: "x" };

Deno.test("a small space is tried completely, a large one is sampled without repeats", () => {
  assertEquals(chooseCombinations(space, defaults, { trials: 24 }), [first, ...gridOf(space)]);
  const drawn = chooseCombinations(space, defaults, { trials: 23, seed: 4 });
  assertEquals(new Set(drawn.map((options) => JSON.stringify(options))).size, 23);
});

Deno.test("a seed determines the sample, and a larger sample starts with the smaller one", () => {
  const draw = (trials: number, seed: number) =>
    chooseCombinations(space, defaults, { trials, seed });
  assertEquals(draw(9, 1), draw(9, 1));
  assert(JSON.stringify(draw(9, 1)) !== JSON.stringify(draw(9, 2)));
  assertEquals(draw(9, 1).slice(0, 5), draw(5, 1));
});

Deno.test("each combination is sampled about equally often", () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 2400; seed++) {
    const [, options] = chooseCombinations(space, defaults, { trials: 2, seed });
    const key = JSON.stringify(options);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  // 100 expected each; the standard deviation of a binomial count is 9.8.
  assertEquals(counts.size, 24);
  for (const count of counts.values()) assert(count > 55 && count < 145, `${count}`);
});

Deno.test("the model's defaults come first, and only once", () => {
  assertEquals(chooseCombinations(space, defaults, { trials: 2 })[0], first);
  const within = { ...defaults, a: 3 };
  const all = chooseCombinations(space, within, { trials: 24 });
  assertEquals([all.length, all[0]], [24, { a: 3, b: false, c: "x" }]);
});

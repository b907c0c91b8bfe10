import { decayFactor } from "../../src/base/half_life.ts";
import { assertEquals } from "../assert.ts";

Deno.test("a factor halves with each half-life, and not at all with an infinite one", () => {
  assertEquals([0, 7, 14, 21].map((age) => decayFactor(age, 7)), [1, 1 / 2, 1 / 4, 1 / 8]);
  assertEquals(decayFactor(1e9, Infinity), 1);
});

Deno.test("from a hundred half-lives on, the factor stays above 0, also as a 32-bit float", () => {
  assertEquals([100, 1e9].map((age) => decayFactor(age, 1)), [2 ** -100, 2 ** -100]);
  assertEquals(Math.fround(decayFactor(1e9, 1)), 2 ** -100);
});

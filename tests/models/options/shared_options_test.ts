import { AUTO } from "../../../src/models/options/option.ts";
import { krylovIterations, LARGE_CATALOGUE } from "../../../src/models/options/shared_options.ts";
import { assertEquals } from "../../assert.ts";

/** One user who rated each product from 0 on. */
function ratedProducts(count: number) {
  return {
    ...{ rows: 1, columns: LARGE_CATALOGUE + 5, indptr: Uint32Array.of(0, count) },
    ...{ indices: Uint32Array.from({ length: count }, (_, item) => item) },
    values: new Float32Array(count).fill(1),
  };
}

Deno.test("a decomposition iterates less from ten thousand rated products on", () => {
  assertEquals(krylovIterations(AUTO, ratedProducts(LARGE_CATALOGUE - 1)), 4);
  assertEquals(krylovIterations(AUTO, ratedProducts(LARGE_CATALOGUE)), 2);
});

Deno.test("iterations that are given stay", () => {
  assertEquals(krylovIterations(7, ratedProducts(LARGE_CATALOGUE)), 7);
});

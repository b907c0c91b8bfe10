import { coRatings, toGram } from "../../../src/models/statistics/co_ratings.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("the Gram matrix of ratings has the sums of their products", () => {
  const ratings = {
    ...{ rows: 3, columns: 4 },
    indptr: Uint32Array.of(0, 2, 2, 4),
    indices: Uint32Array.of(0, 1, 1, 3),
    values: Float32Array.of(1, 2, 3, 4),
  };
  const { kind, matrix, users, items } = toGram(coRatings(ratings, {}));
  assertEquals([kind, users, [...items]], ["gram", 3, [0, 1, 2, 3]]);
  assertEquals(matrix, {
    ...{ rows: 4, columns: 4 },
    indptr: Uint32Array.of(0, 2, 5, 5, 7),
    indices: Uint32Array.of(0, 1, 0, 1, 3, 1, 3),
    values: Float32Array.of(1, 2, 2, 13, 12, 12, 16),
  });
});

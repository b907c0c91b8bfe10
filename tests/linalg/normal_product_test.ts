import { Matrix } from "ml-matrix";
import { normalProduct } from "../../src/linalg/normal_product.ts";
import { assert } from "../assert.ts";
import { largestGap, normals, randomCsr, toDense } from "./made_at_random.ts";

Deno.test("AᵀA·Q is what dense matrices give, also with empty rows and columns", () => {
  const a = randomCsr(12, 9, 0.15, 5);
  const q = normals(9 * 4, 6);
  const dense = toDense(a);
  const expected = dense.transpose().mmul(dense).mmul(Matrix.from1DArray(9, 4, q));
  assert(largestGap(normalProduct(a, q, 4), expected.to1DArray()) < 1e-12);
});

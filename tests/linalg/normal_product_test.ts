import { Matrix } from "ml-matrix";
import { normalProduct, plainNormalProduct } from "../../src/linalg/normal_product.ts";
import { assert, assertEquals } from "../assert.ts";
import { largestGap, normals, randomCsr, toDense } from "./made_at_random.ts";

Deno.test("AᵀA·Q is what dense matrices give, also with empty rows and columns", () => {
  const a = randomCsr(12, 9, 0.15, 5);
  const q = normals(9 * 4, 6);
  const dense = toDense(a);
  const expected = dense.transpose().mmul(dense).mmul(Matrix.from1DArray(9, 4, q));
  assert(largestGap(normalProduct(a, q, 4), expected.to1DArray()) < 1e-12);
});

Deno.test("kernels multiply as plain code does, to the last bit, whatever the width", () => {
  const a = randomCsr(20, 9, 0.3, 6);
  for (const width of [1, 2, 5, 8]) {
    const q = normals(9 * width, width);
    assertEquals(normalProduct(a, q, width), plainNormalProduct(a, q, width));
  }
});

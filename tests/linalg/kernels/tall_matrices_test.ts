import { Matrix } from "ml-matrix";
import { createTallMatrices } from "../../../src/linalg/kernels/tall_matrices.ts";
import { assert, assertEquals } from "../../assert.ts";
import { largestGap, normals, randomCsr, toDense } from "../made_at_random.ts";
import { plainTallMatrices } from "./plain_tall_matrices.ts";

/** With empty rows and columns, and numbers of columns that don't fill the last piece. */
const SHAPES = [
  { rows: 12, columns: 9, share: 0.15, width: 8 },
  { rows: 3, columns: 21, share: 0.3, width: 16 },
  { rows: 90, columns: 4101, share: 0.02, width: 8 },
];

for (const { rows, columns, share, width } of SHAPES) {
  const a = randomCsr(rows, columns, share, rows);
  const options = { width, threads: 1 };

  Deno.test(`${rows} × ${columns}: products are those of dense matrices`, async () => {
    using tall = createTallMatrices(a, options);
    const q = tall.zeros(2 * width), w = tall.zeros(width), out = tall.zeros(12);
    q.set(normals(q.length, 1));
    const c = normals(2 * width * 12, 2);
    const block = (at: number) =>
      Matrix.from1DArray(columns, width, q.subarray(at * w.length, (at + 1) * w.length));
    const dense = toDense(a);

    await tall.normalProduct(q.subarray(w.length), w);
    const product = dense.transpose().mmul(dense.mmul(block(1)));
    assert(largestGap(w, product.to1DArray()) < 1e-11);

    const both = Matrix.zeros(columns, 2 * width);
    both.setSubMatrix(block(0), 0, 0).setSubMatrix(block(1), 0, width);
    const transposed = both.transpose().mmul(product).to1DArray();
    assert(largestGap(await tall.transposedProduct(q, w), transposed) < 1e-9);

    out.fill(3);
    await tall.addProduct(q, c, out);
    const added = both.mmul(Matrix.from1DArray(2 * width, 12, c)).add(3);
    assert(largestGap(out, added.to1DArray()) < 1e-12);
  });

  Deno.test(`${rows} × ${columns}: the bits are those of plain TypeScript`, async () => {
    const results = [];
    for (const threads of [0, 1, 3]) {
      using tall = threads === 0
        ? plainTallMatrices(a, width)
        : createTallMatrices(a, { width, threads });
      const q = tall.zeros(2 * width), w = tall.zeros(width), out = tall.zeros(4);
      q.set(normals(q.length, 1));
      await tall.normalProduct(q.subarray(w.length), w);
      const shared = await tall.transposedProduct(q, w);
      await tall.addProduct(q, normals(2 * width * 4, 2), out);
      const borrowed = tall.borrowedZeros(4 * width);
      await tall.addProduct(q, normals(2 * width * 4 * width, 3), borrowed);
      results.push({ w: [...w], shared, out: [...out], borrowed: [...borrowed] });
    }
    assertEquals(results[1], results[0]);
    assertEquals(results[2], results[0]);
  });
}

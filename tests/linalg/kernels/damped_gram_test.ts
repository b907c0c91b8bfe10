import { transpose } from "../../../src/linalg/csr.ts";
import { dampedGramRows } from "../../../src/linalg/kernels/damped_gram.ts";
import { Matrix } from "ml-matrix";
import { assert, assertEquals } from "../../assert.ts";
import { largestGap, randomCsr, toDense } from "../made_at_random.ts";

Deno.test("rows are those of AᵀDA without its diagonal, computed anew each time", () => {
  const a = randomCsr(30, 12, 0.2, 4);
  const damping = Float64Array.from({ length: 30 }, (_, row) => 1 / (1 + row));
  const rows = dampedGramRows(a, transpose(a), damping);
  assert(rows, "this runtime runs the kernels");
  const dense = toDense(a);
  const expected = dense.transpose().mmul(Matrix.diag([...damping])).mmul(dense);
  for (let column = 0; column < 12; column++) {
    expected.set(column, column, 0);
    const count = rows.compute(column);
    assert(largestGap(rows.sums, expected.getRow(column)) < 1e-12);
    const touched = [...rows.touched.subarray(0, count)];
    assertEquals(
      touched.toSorted((x, y) => x - y),
      expected.getRow(column).flatMap((value, other) => value > 0 ? [other] : []),
    );
    assertEquals(rows.marks.reduce((sum, mark) => sum + mark, 0), count);
    rows.sums.fill(0);
    rows.marks.fill(0);
  }
});

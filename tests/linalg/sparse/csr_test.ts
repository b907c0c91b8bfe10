import { type Csr, csrOfRows, rowOf, transpose, withRows } from "../../../src/linalg/sparse/csr.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { assertEquals } from "../../assert.ts";

/** The non-zero entries of a dense matrix. */
function csrOf(dense: readonly (readonly number[])[]): Csr {
  const indptr = [0], indices: number[] = [], values: number[] = [];
  for (const row of dense) {
    row.forEach((value, column) => {
      if (value !== 0) indices.push(column), values.push(value);
    });
    indptr.push(indices.length);
  }
  return {
    rows: dense.length,
    columns: dense[0].length,
    indptr: Uint32Array.from(indptr),
    indices: Uint32Array.from(indices),
    values: Float32Array.from(values),
  };
}

function randomDense(rows: number, columns: number, seed: number): number[][] {
  const random = createRandom(seed);
  const entry = () => random.next() < 0.3 ? 1 + random.integer(9) : 0;
  return Array.from({ length: rows }, () => Array.from({ length: columns }, entry));
}

Deno.test("transposing exchanges rows and columns", () => {
  // ⎡1 0 2⎤ᵀ   ⎡1 3⎤
  // ⎣3 0 0⎦  = ⎢0 0⎥
  //            ⎣2 0⎦
  assertEquals(transpose(csrOf([[1, 0, 2], [3, 0, 0]])), {
    rows: 3,
    columns: 2,
    indptr: Uint32Array.of(0, 2, 2, 3),
    indices: Uint32Array.of(0, 1, 0),
    values: Float32Array.of(1, 3, 2),
  });
});

Deno.test("the transpose is that of the dense matrix, and its transpose the original", () => {
  for (const [rows, columns] of [[1, 1], [1, 20], [20, 1], [13, 29]]) {
    const dense = randomDense(rows, columns, rows);
    const matrix = csrOf(dense);
    const flipped = dense[0].map((_, column) => dense.map((row) => row[column]));
    assertEquals(transpose(matrix), csrOf(flipped));
    assertEquals(transpose(transpose(matrix)), matrix);
  }
});

Deno.test("replaced and appended rows are those given, the others as they were", () => {
  const dense = randomDense(6, 5, 1);
  for (const changed of [[], [0], [5], [2, 3], [1, 6, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]]) {
    const [row] = randomDense(1, 5, 7);
    const expected = Array.from(
      { length: 9 },
      (_, r) => changed.includes(r) ? row : dense[r] ?? [0, 0, 0, 0, 0],
    );
    const given = new Map(changed.map((r) => [r, rowOf(csrOf([row]), 0)]));
    assertEquals(withRows(csrOf(dense), 9, given), csrOf(expected));
  }
});

Deno.test("an empty matrix is transposed too", () => {
  const { rows, columns, indptr } = transpose(csrOf([[0, 0, 0]]));
  assertEquals([rows, columns, ...indptr], [3, 1, 0, 0, 0, 0]);
});

Deno.test("a matrix is made of its rows, where none is an empty one", () => {
  const matrix = csrOf([[0, 4, 0], [0, 0, 0], [1, 0, 2]]);
  assertEquals(csrOfRows([rowOf(matrix, 0), undefined, rowOf(matrix, 2)], 3), matrix);
});

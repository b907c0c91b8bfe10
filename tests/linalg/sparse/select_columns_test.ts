import { selectColumns } from "../../../src/linalg/sparse/select_columns.ts";
import { assertEquals } from "../../assert.ts";
import { randomCsr, toDense } from "../made_at_random.ts";

Deno.test("columns come in the requested order, ascending within rows", () => {
  const matrix = randomCsr(12, 9, 0.4, 1);
  const columns = Uint32Array.of(7, 0, 3, 8);
  const selected = selectColumns(matrix, columns);
  assertEquals([selected.rows, selected.columns], [12, 4]);
  assertEquals(
    toDense(selected).to2DArray(),
    toDense(matrix).to2DArray().map((row) => Array.from(columns, (column) => row[column])),
  );
  for (let row = 0; row < 12; row++) {
    const own = selected.indices.subarray(selected.indptr[row], selected.indptr[row + 1]);
    assertEquals(own, own.slice().sort());
  }
});

Deno.test("selecting no columns gives empty rows", () => {
  const { indptr, indices } = selectColumns(randomCsr(3, 4, 0.5, 1), new Uint32Array(0));
  assertEquals([indptr, indices.length], [new Uint32Array(4), 0]);
});

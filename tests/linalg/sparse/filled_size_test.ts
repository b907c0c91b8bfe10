import { type Csr } from "../../../src/linalg/sparse/csr.ts";
import { filledSize } from "../../../src/linalg/sparse/filled_size.ts";
import { assertEquals } from "../../assert.ts";

const EMPTY: Csr = {
  rows: 2,
  columns: 3,
  indptr: Uint32Array.of(0, 0, 0),
  indices: new Uint32Array(),
  values: new Float32Array(),
};

Deno.test("empty rows and columns don't count", () => {
  // Three entries in rows 0 and 2 and in columns 1 and 4.
  const matrix = {
    rows: 4,
    columns: 5,
    indptr: Uint32Array.of(0, 2, 2, 3, 3),
    indices: Uint32Array.of(1, 4, 4),
    values: Float32Array.of(1, 0, 2),
  };
  assertEquals(filledSize(matrix), { rows: 2, columns: 2, density: 0.75 });
});

Deno.test("a matrix without entries has no size", () => {
  assertEquals(filledSize(EMPTY), { rows: 0, columns: 0, density: 0 });
});

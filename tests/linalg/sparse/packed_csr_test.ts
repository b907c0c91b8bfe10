import type { Csr } from "../../../src/linalg/sparse/csr.ts";
import {
  csrFromTensors,
  csrToTensors,
  forEachInRow,
  packCsr,
  unpackCsr,
} from "../../../src/linalg/sparse/packed_csr.ts";
import { scalar, tensor } from "../../../src/linalg/tensor.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { normals, randomCsr } from "../made_at_random.ts";

/** Rows of any length, with gaps of one, two and three bytes, and values of all sizes. */
function matrixOf(seed: number): Csr {
  const { values, ...matrix } = randomCsr(40, 300, 0.2, seed);
  const noise = normals(values.length, seed);
  return {
    ...matrix,
    columns: 300_000,
    indices: matrix.indices.map((column) => column ** 2 * 3),
    values: values.map((_, p) => noise[p] * 10 ** (p % 7 - 3)),
  };
}

Deno.test("a packed matrix has the same entries, off by 2⁻¹⁵ of the row's largest", () => {
  for (let seed = 0; seed < 5; seed++) {
    const matrix = matrixOf(seed);
    const { values, ...rest } = unpackCsr(packCsr(matrix));
    const { values: exact, ...expected } = matrix;
    assertEquals(rest, expected);
    for (let row = 0; row < matrix.rows; row++) {
      const [start, end] = [matrix.indptr[row], matrix.indptr[row + 1]];
      const largest = exact.subarray(start, end).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      for (let p = start; p < end; p++) {
        assert(Math.abs(values[p] - exact[p]) <= largest * 2 ** -14, `${values[p]}, ${exact[p]}`);
        assertEquals(Math.sign(values[p]), Math.sign(exact[p]));
      }
    }
  }
});

Deno.test("whole numbers, zeros and empty rows are exact", () => {
  const matrix = {
    rows: 4,
    columns: 5,
    indptr: Uint32Array.of(0, 0, 2, 3, 3),
    indices: Uint32Array.of(0, 4, 2),
    values: Float32Array.of(-4, 3, 0),
  };
  assertEquals(unpackCsr(packCsr(matrix)), matrix);
});

Deno.test("a row is read from a packed matrix as from the unpacked one", () => {
  const packed = packCsr(matrixOf(1));
  const matrix = unpackCsr(packed);
  for (let row = 0; row < matrix.rows; row++) {
    const entries: [number, number][] = [], expected: [number, number][] = [];
    forEachInRow(packed, row, (column, value) => entries.push([column, value]));
    forEachInRow(matrix, row, (column, value) => expected.push([column, value]));
    assertEquals(entries, expected);
    assertEquals(entries.length, matrix.indptr[row + 1] - matrix.indptr[row]);
  }
});

Deno.test("a matrix survives saving, and saving again changes nothing", () => {
  const tensors = csrToTensors(matrixOf(2));
  const restored = csrFromTensors(tensors);
  assertEquals(csrToTensors(restored), tensors);
  assertEquals(csrToTensors(unpackCsr(restored)), tensors);
});

Deno.test("a matrix of format version 1 is restored as it was", () => {
  const matrix = matrixOf(3);
  const { columns, indptr, indices, values } = matrix;
  assertEquals(
    csrFromTensors({
      columns: scalar(columns),
      indptr: tensor(indptr),
      indices: tensor(indices),
      values: tensor(values),
    }),
    matrix,
  );
});

Deno.test("a value that isn't finite makes the row's unit NaN, so saving can refuse it", () => {
  for (const wrong of [NaN, Infinity]) {
    const { values, ...matrix } = randomCsr(3, 3, 1, 1);
    values[4] = wrong;
    const { units } = packCsr({ ...matrix, values });
    assertEquals([...units].map(Number.isNaN), [false, true, false]);
  }
});

Deno.test("tensors that are missing or don't fit together are refused", () => {
  const tensors = csrToTensors(matrixOf(4));
  assertThrows(() => csrFromTensors({}), TypeError, `"columns" is missing`);
  assertThrows(
    () => csrFromTensors({ ...tensors, units: tensor(new Float32Array(7)) }),
    RangeError,
    "units must hold 40 numbers, it holds 7",
  );
  assertThrows(
    () => csrFromTensors({ ...tensors, bytes: tensor(new Uint8Array(9)) }),
    RangeError,
    "lengths must sum to 9",
  );
});

import type { Csr } from "../../../src/linalg/sparse/csr.ts";
import {
  type CodedCsr,
  codesFromTensors,
  codesToTensors,
  packCodes,
  unpackCodes,
} from "../../../src/linalg/sparse/coded_csr.ts";
import { tensor } from "../../../src/linalg/tensor.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { normals, randomCsr } from "../made_at_random.ts";

/** Rows of any length, with gaps of one, two and three bytes, and a given number of values. */
function matrixOf(different: number, seed: number): Csr {
  const { values, ...matrix } = randomCsr(40, 300, 0.2, seed);
  return {
    ...matrix,
    columns: 300_000,
    indices: matrix.indices.map((column) => column ** 2 * 3),
    values: values.map((_, p) => 0.7 * (p % different)),
  };
}

/** The matrix that the codes stand for. */
function decoded({ codes, values, ...matrix }: CodedCsr): Csr {
  return { ...matrix, values: Float32Array.from(codes, (code) => values[code]) };
}

for (const [different, type] of [[7, Uint8Array], [1000, Uint16Array]] as const) {
  Deno.test(`${different} different values are exact, with codes in ${type.name}`, () => {
    const matrix = matrixOf(different, 1);
    const coded = unpackCodes(packCodes(matrix));
    assertEquals(decoded(coded), matrix);
    assert(coded.codes instanceof type);
    assertEquals(coded.values.length, different);
  });
}

Deno.test("frequent values have small codes, equally frequent ones in ascending order", () => {
  const { values, bytes } = packCodes({
    rows: 2,
    columns: 9,
    indptr: Uint32Array.of(0, 3, 6),
    indices: Uint32Array.of(0, 3, 8, 1, 2, 3),
    values: Float32Array.of(4, 1, 2, 1, 2, 1),
  });
  assertEquals(values, Float32Array.of(1, 2, 4));
  // The distance from the column before, and the code.
  assertEquals(bytes, Uint8Array.of(0, 2, 3, 0, 5, 1, 1, 0, 1, 1, 1, 0));
});

Deno.test("more than 65,536 different values are rounded to as many bits as leave no more", () => {
  const size = 200_000;
  const values = normals(size, 3).map((value) => Math.abs(value) + 1e-3);
  const matrix: Csr = {
    rows: 1,
    columns: size,
    indptr: Uint32Array.of(0, size),
    indices: Uint32Array.from({ length: size }, (_, column) => column),
    values: Float32Array.from(values),
  };
  const coded = unpackCodes(packCodes(matrix));
  assert(coded.values.length > 1 << 14 && coded.values.length <= 1 << 16, `${coded.values.length}`);
  decoded(coded).values.forEach((value, i) => {
    assert(Math.abs(value / matrix.values[i] - 1) <= 2 ** -11, `${value}, ${matrix.values[i]}`);
  });
});

Deno.test("empty rows and an empty matrix are exact", () => {
  const rows = { rows: 3, columns: 2, indptr: Uint32Array.of(0, 0, 1, 1) };
  const matrix = { ...rows, indices: Uint32Array.of(1), values: Float32Array.of(5) };
  assertEquals(decoded(unpackCodes(packCodes(matrix))), matrix);
  const empty = {
    ...{ rows: 0, columns: 0, indptr: new Uint32Array(1) },
    ...{ indices: new Uint32Array(0), values: new Float32Array(0) },
  };
  assertEquals(decoded(unpackCodes(packCodes(empty))), empty);
});

Deno.test("a matrix survives saving", () => {
  const packed = packCodes(matrixOf(300, 2));
  assertEquals(codesFromTensors(codesToTensors(packed)), packed);
});

Deno.test("tensors that are missing or don't fit together are refused", () => {
  const tensors = codesToTensors(packCodes(matrixOf(3, 4)));
  assertThrows(() => codesFromTensors({}), TypeError, `"bytes" is missing`);
  assertThrows(
    () => codesFromTensors({ ...tensors, bytes: tensor(new Uint8Array(9)) }),
    RangeError,
    "lengths must sum to 9",
  );
});

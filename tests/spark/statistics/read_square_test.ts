import { assertEquals } from "../../assert.ts";
import {
  type Entries,
  readSquare,
  readSymmetric,
} from "../../../src/spark/statistics/read_square.ts";

async function* batches(...parts: [number, number, number][][]): AsyncGenerator<Entries> {
  for (const part of parts) {
    yield {
      i: Int32Array.from(part, ([i]) => i),
      j: Int32Array.from(part, ([, j]) => j),
      value: Float32Array.from(part, ([, , value]) => value),
    };
  }
}

Deno.test("entries in any order become rows whose columns ascend", async () => {
  const matrix = await readSquare(batches([[2, 1, 5], [0, 2, 3]], [[2, 0, 4]]), 3);
  assertEquals(matrix, {
    ...{ rows: 3, columns: 3 },
    indptr: Uint32Array.of(0, 1, 1, 3),
    indices: Uint32Array.of(2, 0, 1),
    values: Float32Array.of(3, 4, 5),
  });
});

const RANGES = [{ from: 0, to: 2 }, { from: 2, to: 3 }];

/** The upper triangle of a matrix, column by column. */
const COLUMNS: Readonly<Record<number, [number, number, number][]>> = {
  0: [[0, 0, 9], [0, 1, 1]],
  2: [[1, 2, 4], [0, 2, 3]],
};

Deno.test("a symmetric matrix has the entries below its diagonal, too", async () => {
  const read = ({ from }: { from: number }) => batches(COLUMNS[from]);
  const { matrix, order } = await readSymmetric(RANGES, read, { size: 3, most: 7 });
  assertEquals(order, 3);
  assertEquals(matrix, {
    ...{ rows: 3, columns: 3 },
    indptr: Uint32Array.of(0, 3, 5, 7),
    indices: Uint32Array.of(0, 1, 2, 0, 2, 0, 1),
    values: Float32Array.of(9, 1, 3, 1, 4, 3, 4),
  });
});

Deno.test("columns that don't fit are left out, and rows may have other numbers", async () => {
  const read = ({ from }: { from: number }) => batches(COLUMNS[from]);
  const numbers = Uint32Array.of(3, 1, 0);
  const { matrix, order } = await readSymmetric(RANGES, read, { size: 4, most: 6, numbers });
  assertEquals(order, 2);
  assertEquals(matrix, {
    ...{ rows: 4, columns: 4 },
    indptr: Uint32Array.of(0, 0, 1, 1, 3),
    indices: Uint32Array.of(3, 1, 3),
    values: Float32Array.of(1, 1, 9),
  });
});

import { assertEquals } from "../../assert.ts";
import { type Entries, readSquare } from "../../../src/spark/statistics/read_square.ts";

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
  const matrix = await readSquare(batches([[2, 1, 5], [0, 2, 3]], [[2, 0, 4]]), { size: 3 });
  assertEquals(matrix, {
    ...{ rows: 3, columns: 3 },
    indptr: Uint32Array.of(0, 1, 1, 3),
    indices: Uint32Array.of(2, 0, 1),
    values: Float32Array.of(3, 4, 5),
  });
});

Deno.test("a symmetric matrix has the entries below its diagonal, too", async () => {
  const upper = batches([[0, 2, 3], [0, 0, 9]], [[1, 2, 4]]);
  const matrix = await readSquare(upper, { size: 3, symmetric: true });
  assertEquals(matrix, {
    ...{ rows: 3, columns: 3 },
    indptr: Uint32Array.of(0, 2, 3, 5),
    indices: Uint32Array.of(0, 2, 2, 0, 1),
    values: Float32Array.of(9, 3, 4, 3, 4),
  });
});

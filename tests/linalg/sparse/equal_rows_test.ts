import { csrOfRows, type SparseRow } from "../../../src/linalg/sparse/csr.ts";
import { equalRows } from "../../../src/linalg/sparse/equal_rows.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { assertEquals } from "../../assert.ts";

const row = (indices: number[], values: number[]): SparseRow => ({
  indices: Uint32Array.from(indices),
  values: Float32Array.from(values),
});

Deno.test("rows are equal if they have the same columns and values", () => {
  const rows = [
    row([0, 2], [1, 2]),
    row([0, 2], [2, 1]),
    row([], []),
    row([0, 2], [1, 2]),
    row([0], [1]),
    row([], []),
    row([0, 1], [1, 2]),
  ];
  assertEquals(equalRows(csrOfRows(rows, 3)), {
    groupOf: Uint32Array.of(0, 1, 2, 0, 3, 2, 4),
    firsts: Uint32Array.of(0, 1, 2, 4, 6),
  });
});

Deno.test("rows of a group share their key", () => {
  const rows = [row([1], [1]), row([1], [1]), row([1], [1])];
  const { groupOf } = equalRows(csrOfRows(rows, 2), [0.5, 0.25, 0.5]);
  assertEquals(groupOf, Uint32Array.of(0, 1, 0));
});

Deno.test("a matrix without rows has no groups", () => {
  const none = new Uint32Array(0);
  assertEquals(equalRows(csrOfRows([], 3)), { groupOf: none, firsts: none });
});

Deno.test("many rows at random are grouped as by their texts", () => {
  const random = createRandom(3);
  const rows = Array.from({ length: 3000 }, () => {
    const columns = [0, 1, 2, 3].filter(() => random.next() < 0.4);
    return row(columns, columns.map(() => 1 + random.integer(4)));
  });
  const numbers = new Map<string, number>();
  const expected = rows.map(({ indices, values }) => {
    const text = `${indices} ${values}`;
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    return numbers.get(text)!;
  });
  assertEquals(equalRows(csrOfRows(rows, 4)).groupOf, Uint32Array.from(expected));
});

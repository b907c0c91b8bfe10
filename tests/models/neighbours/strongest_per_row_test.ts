import { addRow, strongestPerRow } from "../../../src/models/neighbours/strongest_per_row.ts";
import { assertEquals } from "../../assert.ts";

/** Row by row: column and part, in the order of the calls. */
const PARTS: readonly (readonly (readonly [number, number])[])[] = [
  [[2, 1], [1, 5], [2, 3], [0, 2]],
  [],
  [[1, 1], [0, 1], [2, 1]],
];
const accumulate = (row: number, add: (column: number, part: number) => void) =>
  PARTS[row].forEach(([column, part]) => add(column, part));

Deno.test("parts of a column are summed, columns ascend, empty rows stay empty", () => {
  assertEquals(strongestPerRow({ size: 3, keep: 3, accumulate }), {
    rows: 3,
    columns: 3,
    indptr: Uint32Array.of(0, 3, 3, 6),
    indices: Uint32Array.of(0, 1, 2, 0, 1, 2),
    values: Float32Array.of(2, 5, 4, 1, 1, 1),
  });
});

Deno.test("the largest of a row are kept, ties going to the first added", () => {
  const { indptr, indices, values } = strongestPerRow({ size: 3, keep: 2, accumulate });
  assertEquals([...indptr], [0, 2, 2, 4]);
  assertEquals([...indices], [1, 2, 0, 1]);
  assertEquals([...values], [5, 4, 1, 1]);
});

Deno.test("entries that become 0, negative or NaN are dropped", () => {
  const ends = [0, -1, NaN];
  const finish = (row: number, column: number, sum: number) => row === 0 ? ends[column] : sum;
  assertEquals([...strongestPerRow({ size: 3, keep: 3, accumulate, finish }).indptr], [0, 0, 0, 3]);
});

Deno.test("progress ends at 1", () => {
  const reported: number[] = [];
  strongestPerRow({ size: 3, keep: 1, accumulate }, (done) => reported.push(done));
  assertEquals(reported.at(-1), 1);
});

Deno.test("a row is added to scores times a factor", () => {
  const scores = Float32Array.of(1, 1, 1);
  addRow(strongestPerRow({ size: 3, keep: 2, accumulate }), 0, 0.5, scores);
  assertEquals(scores, Float32Array.of(1, 3.5, 3));
});

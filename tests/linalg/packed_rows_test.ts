import { rowsFromTensors, rowsToTensors } from "../../src/linalg/packed_rows.ts";
import { tensor } from "../../src/linalg/tensor.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";
import { normals } from "./made_at_random.ts";

const ROWS = 50, WIDTH = 8;

/** Vectors of very different lengths. */
const vectors = {
  rows: ROWS,
  width: WIDTH,
  data: Float32Array.from(normals(ROWS * WIDTH, 1), (value, i) => {
    return value * 10 ** -(Math.floor(i / WIDTH) % 9);
  }),
};

Deno.test("a stored vector is off by 2⁻¹⁴ of its largest number, however short it is", () => {
  const tensors = rowsToTensors("items", vectors);
  assertEquals(tensors.items.data.byteLength, 2 * ROWS * WIDTH);
  const { rows, width, data } = rowsFromTensors(tensors, "items");
  assertEquals([rows, width], [ROWS, WIDTH]);
  for (let row = 0; row < ROWS; row++) {
    const exact = vectors.data.subarray(row * WIDTH, (row + 1) * WIDTH);
    const largest = Math.max(...exact.map(Math.abs));
    exact.forEach((value, f) => {
      assert(Math.abs(data[row * WIDTH + f] - value) <= largest * 2 ** -14);
    });
  }
});

Deno.test("saving restored vectors changes nothing", () => {
  const tensors = rowsToTensors("items", vectors);
  assertEquals(rowsToTensors("items", rowsFromTensors(tensors, "items")), tensors);
});

Deno.test("vectors are unpacked once, on first use", () => {
  const restored = rowsFromTensors(rowsToTensors("items", vectors), "items");
  const { data } = restored;
  assert(restored.data === data);
});

Deno.test("vectors of format version 1 are restored as they were, without copying", () => {
  const { data } = vectors;
  const restored = rowsFromTensors({ items: tensor(data, [ROWS, WIDTH]) }, "items");
  assertEquals([restored.rows, restored.width], [ROWS, WIDTH]);
  assert(restored.data === data);
});

Deno.test("tensors that are missing or don't fit together are refused", () => {
  const tensors = rowsToTensors("items", vectors);
  assertThrows(() => rowsFromTensors({}, "items"), TypeError, `"items" is missing`);
  assertThrows(
    () => rowsFromTensors({ ...tensors, itemsUnits: tensor(new Float32Array(3)) }, "items"),
    RangeError,
    "itemsUnits must hold 50 numbers, it holds 3",
  );
});

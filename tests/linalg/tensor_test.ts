import {
  readScalar,
  readTensor,
  scalar,
  tensor,
  tensorType,
  type TypedArray,
  viewBytes,
} from "../../src/linalg/tensor.ts";
import { assertEquals, assertThrows } from "../assert.ts";

const arrays: TypedArray[] = [
  Float32Array.of(-1.5, 2 ** 100, -0),
  Float64Array.of(Math.PI, -1e300, 5e-324),
  Int32Array.of(-(2 ** 31), 2 ** 31 - 1, 0),
  Uint32Array.of(0, 2 ** 32 - 1, 1),
  Uint16Array.of(0, 65_535, 256),
  Uint8Array.of(0, 255, 1),
];

Deno.test("a tensor has one dimension by default", () => {
  assertEquals(tensor(new Float32Array(6)).shape, [6]);
  assertEquals(tensor(new Float32Array(6), [1, 3, 2]).shape, [1, 3, 2]);
  assertEquals(tensor(new Float32Array(0), [0, 64]).shape, [0, 64]);
});

Deno.test("a shape must match the array's length", () => {
  const message = "shape [2,2] holds 4 numbers, got 6";
  assertThrows(() => tensor(new Float32Array(6), [2, 2]), RangeError, message);
  assertThrows(() => tensor(new Float32Array(0), []), RangeError, "holds 1 numbers, got 0");
});

Deno.test("every array type has its name and is restored from bytes without a copy", () => {
  for (const data of arrays) {
    const type = tensorType(tensor(data));
    assertEquals(type, data[Symbol.toStringTag]);
    const buffer = new ArrayBuffer(16 + data.byteLength);
    const bytes = new Uint8Array(buffer, 16);
    bytes.set(new Uint8Array(data.buffer));
    const view = viewBytes(type, bytes);
    assertEquals(view, data);
    assertEquals(view.buffer === buffer, true);
  }
});

Deno.test("numbers are stored in little-endian order", () => {
  assertEquals(viewBytes("Uint32Array", Uint8Array.of(1, 2, 0, 0)), Uint32Array.of(0x0201));
});

Deno.test("bytes that don't divide into numbers are rejected", () => {
  const bytes = new Uint8Array(16);
  assertThrows(() => viewBytes("Float32Array", bytes.subarray(0, 6)), RangeError, "got 6");
  assertThrows(() => viewBytes("Float32Array", bytes.subarray(2, 6)), RangeError);
});

Deno.test("an error names the tensor that is missing or has another type", () => {
  const tensors = { a: tensor(Float32Array.of(1)), b: scalar(2) };
  assertThrows(
    () => readTensor(tensors, "c", Float32Array),
    TypeError,
    `Cannot read tensors: "c" is missing, there are: a, b`,
  );
  assertThrows(() => readTensor({}, "c", Float32Array), TypeError, "there are: none");
  assertThrows(
    () => readTensor(tensors, "a", Uint32Array),
    TypeError,
    `Cannot read tensor "a": expected a Uint32Array, got a Float32Array`,
  );
});

Deno.test("a scalar keeps double precision", () => {
  assertEquals(readScalar({ x: scalar(0.1) }, "x"), 0.1);
  const two = { x: tensor(Float64Array.of(1, 2)) };
  assertThrows(() => readScalar(two, "x"), TypeError, `"x" as one number: it holds 2`);
});

import fc from "fast-check";
import { largest } from "../../src/linalg/largest.ts";
import { topK } from "../../src/linalg/top_k.ts";
import { assertEquals } from "../assert.ts";

Deno.test("the largest values are found in the order of their positions", () => {
  const values = Float32Array.of(2, 8, 5, 8, -1, 5);
  assertEquals(largest(values, 0), Uint32Array.of());
  assertEquals(largest(values, 1), Uint32Array.of(1));
  assertEquals(largest(values, 3), Uint32Array.of(1, 2, 3));
  assertEquals(largest(values, 5), Uint32Array.of(0, 1, 2, 3, 5));
  assertEquals(largest(values, 9), Uint32Array.of(0, 1, 2, 3, 4, 5));
});

Deno.test("values that are missing or lowest possible are never among the largest", () => {
  assertEquals(largest(Float32Array.of(NaN, 1, -Infinity, Infinity), 4), Uint32Array.of(1, 3));
  assertEquals(largest(Float32Array.of(NaN, -Infinity), 1), Uint32Array.of());
});

Deno.test("the largest values are those that a ranking puts first, ties included", () => {
  const value = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(NaN, -Infinity, -0, 1e-40, 0.3),
  );
  fc.assert(fc.property(fc.array(value, { maxLength: 40 }), fc.nat(45), (array, more) => {
    const values = Float32Array.from(array);
    assertEquals(largest(values, more + 1), topK(values, more + 1).indices.sort());
  }));
});

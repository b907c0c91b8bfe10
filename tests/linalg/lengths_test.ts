import {
  lengthsOf,
  startsFromTensors,
  startsOf,
  startsToTensors,
} from "../../src/linalg/lengths.ts";
import { tensor } from "../../src/linalg/tensor.ts";
import { assertEquals, assertThrows } from "../assert.ts";

Deno.test("lengths take as many bits as the longest part needs", () => {
  assertEquals(lengthsOf(Uint32Array.of(0, 255)), Uint8Array.of(255));
  assertEquals(lengthsOf(Uint32Array.of(0, 256, 256)), Uint16Array.of(256, 0));
  assertEquals(lengthsOf(Uint32Array.of(0, 1, 65_537)), Uint32Array.of(1, 65_536));
});

Deno.test("starts come back from their lengths", () => {
  for (const starts of [[0], [0, 0, 0], [0, 3, 3, 5], [0, 70_000, 70_001], [0, 4_000_000_000]]) {
    assertEquals(startsOf(lengthsOf(Uint32Array.from(starts))), Uint32Array.from(starts));
  }
});

Deno.test("lengths that don't sum to what they divide are refused", () => {
  const tensors = startsToTensors("lengths", Uint32Array.of(0, 3, 5));
  assertEquals(startsFromTensors(tensors, "lengths", 5), Uint32Array.of(0, 3, 5));
  assertThrows(
    () => startsFromTensors(tensors, "lengths", 6),
    RangeError,
    "lengths must sum to 6, the sum is 5",
  );
  const wrong = { lengths: tensor(new Float32Array(2)) };
  assertThrows(() => startsFromTensors(wrong, "lengths"), TypeError, "got a Float32Array");
});

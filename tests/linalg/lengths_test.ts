import {
  lengthsFromTensors,
  lengthsOf,
  lengthsToTensors,
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

Deno.test("lengths are written in a variable number of bytes if that is smaller", () => {
  // One byte each for the short ones, two for 256: 4 instead of 6.
  const varints = { lengthsVarints: tensor(Uint8Array.of(3, 128, 2, 0)) };
  assertEquals(lengthsToTensors("lengths", Uint16Array.of(3, 256, 0)), varints);
  assertEquals(lengthsFromTensors(varints, "lengths"), Uint16Array.of(3, 256, 0));
  assertEquals(startsFromTensors(varints, "lengths", 259), Uint32Array.of(0, 3, 259, 259));
  // Bytes are the smallest; four bytes are as small as 2 · 2.
  for (const lengths of [Uint8Array.of(3, 255), Uint16Array.of(256, 300)]) {
    assertEquals(lengthsToTensors("lengths", lengths), { lengths: tensor(lengths) });
    assertEquals(lengthsFromTensors({ lengths: tensor(lengths) }, "lengths"), lengths);
  }
});

Deno.test("lengths whose sum has more than 32 bits are refused", () => {
  const tensors = { lengths: tensor(Uint32Array.of(2 ** 32 - 1, 1)) };
  assertThrows(
    () => startsFromTensors(tensors, "lengths"),
    RangeError,
    "lengths must sum to less than 2³², the sum is 4294967296",
  );
});

Deno.test("lengths in a variable number of bytes that are damaged are refused", () => {
  const CASES = [
    [Uint8Array.of(3, 128, 2, 128), RangeError, "lengthsVarints must end with a whole number"],
    [Uint8Array.of(3, 128, 2), RangeError, "lengths must sum to 260, the sum is 259"],
    // 2³² = 16 · 128⁴, which 32 bits don't hold.
    [
      Uint8Array.of(128, 128, 128, 128, 16, 3),
      RangeError,
      "lengthsVarints must sum to less than 2³², the sum is 4294967299",
    ],
    [
      Uint8Array.of(...new Array(1000).fill(255), 1),
      RangeError,
      "lengthsVarints must sum to less than 2³², the sum is Infinity",
    ],
    [Uint16Array.of(3, 257), TypeError, `tensor "lengthsVarints": expected a Uint8Array`],
  ] as const;
  for (const [bytes, type, message] of CASES) {
    const tensors = { lengthsVarints: tensor(bytes) };
    assertThrows(() => startsFromTensors(tensors, "lengths", 260), type, message);
  }
});

import { numbersFromTensors, numbersToTensors } from "../../src/linalg/coded_numbers.ts";
import { assertEquals } from "../assert.ts";
import { decodedNumbers } from "./decoded_numbers.ts";

Deno.test("few different numbers take a byte each and come back unchanged", () => {
  const numbers = Float32Array.of(4, 0.1, 4, 1);
  const tensors = numbersToTensors("weights", numbers);
  assertEquals(tensors.weightsCodes.data, Uint8Array.of(2, 0, 2, 1));
  assertEquals(tensors.weightsValues.data, Float32Array.of(0.1, 1, 4));
  const restored = numbersFromTensors(tensors, "weights");
  assertEquals(decodedNumbers(restored), numbers);
  assertEquals(numbersToTensors("weights", restored), tensors);
});

Deno.test("more than 256 different numbers stay as they are", () => {
  for (const [different, isCoded] of [[256, true], [257, false]] as const) {
    const numbers = Float32Array.from({ length: 1000 }, (_, i) => i % different);
    const tensors = numbersToTensors("weights", numbers);
    assertEquals("weightsCodes" in tensors, isCoded);
    const restored = numbersFromTensors(tensors, "weights");
    assertEquals(decodedNumbers(restored), numbers);
  }
});

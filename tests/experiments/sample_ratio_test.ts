import { InputError } from "../../src/base/input_error.ts";
import { sampleRatioPValue } from "../../src/experiments/sample_ratio.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../assert.ts";

Deno.test("the p-value of one unit as worked out by hand", () => {
  // Γ(1000)/Γ(1001) · Γ(501)/Γ(500) / ½ = 1/1000 · 500 · 2 = 1.
  assertAlmostEquals(sampleRatioPValue([1, 0], [0.5, 0.5]), 1, 1e-9);
  // A second unit of the same arm: 501/1001 · 2, a little more than 1.
  assertAlmostEquals(sampleRatioPValue([2, 0], [3, 3]), 1001 / 1002, 1e-9);
});

/** Whether 20,000 units of two arms ever signal, looked at after every 500. */
function signals(seed: number, share: number): boolean {
  const random = createRandom(seed);
  const counts = [0, 0];
  for (let unit = 1; unit <= 20_000; unit++) {
    counts[random.next() < share ? 1 : 0]++;
    if (unit % 500 === 0 && sampleRatioPValue(counts, [0.9, 0.1]) < 0.05) return true;
  }
  return false;
}

Deno.test("right shares signal in at most 5% of experiments, however often one looks", () => {
  const count = Array.from({ length: 1000 }, (_, seed) => signals(seed, 0.1)).filter(Boolean);
  assert(count.length <= 50, `${count.length}`);
});

Deno.test("12% instead of 10% signal in nearly all experiments", () => {
  const count = Array.from({ length: 100 }, (_, seed) => signals(seed, 0.12)).filter(Boolean);
  assert(count.length >= 95, `${count.length}`);
});

Deno.test("shares that aren't above 0, or not one for each arm, are refused", () => {
  assertThrows(() => sampleRatioPValue([1, 2], [1, 0]), InputError, "above 0 for each of 2 arms");
  assertThrows(() => sampleRatioPValue([1, 2], [1]), InputError, "got 1");
  assertEquals(sampleRatioPValue([0, 0], [1, 1]), 1);
});

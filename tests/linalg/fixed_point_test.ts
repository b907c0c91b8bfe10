import { largestOf, toUnits, unitFor } from "../../src/linalg/fixed_point.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { assert, assertEquals } from "../assert.ts";

Deno.test("the unit is the smallest power of two with which the largest value fits", () => {
  assertEquals(unitFor(32_767), 1);
  assertEquals(unitFor(32_768), 2);
  assertEquals(unitFor(1), 2 ** -14);
  assertEquals(unitFor(0), 1);
});

Deno.test("a stored number is off by at most half a unit, and zero alone becomes zero", () => {
  const random = createRandom(1);
  for (let i = 0; i < 1000; i++) {
    const values = Float32Array.from({ length: 20 }, () => random.normal() * 10 ** (i % 30 - 20));
    const unit = unitFor(largestOf(values, 0, 20));
    for (const value of values) {
      const stored = toUnits(value, unit);
      assert(Math.abs(stored) <= 32_767, `${value} is stored as ${stored}`);
      assert(stored !== 0, `${value} is stored as 0`);
      const gap = Math.abs(stored * unit - value);
      assert(gap <= (Math.abs(stored) === 1 ? unit : unit / 2), `${value} is off by ${gap}`);
    }
  }
  assertEquals(toUnits(0, 1), 0);
});

Deno.test("storing what was stored changes nothing", () => {
  const random = createRandom(2);
  for (let i = 0; i < 1000; i++) {
    const values = Float32Array.from(
      { length: 5 },
      () => random.normal() * 2 ** random.integer(40),
    );
    const unit = unitFor(largestOf(values, 0, 5));
    const restored = values.map((value) => toUnits(value, unit) * unit);
    assertEquals(unitFor(largestOf(restored, 0, 5)), unit);
    assertEquals(restored.map((value) => toUnits(value, unit) * unit), restored);
  }
});

Deno.test("numbers that aren't finite have no unit", () => {
  for (const wrong of [NaN, Infinity, -Infinity]) {
    assertEquals(unitFor(largestOf(Float32Array.of(1, wrong, 2), 0, 3)), NaN);
  }
  assertEquals(largestOf(Float32Array.of(NaN, -3, 2, NaN), 1, 3), 3);
});

import { InputError } from "../../src/base/input_error.ts";
import { detectableEffect } from "../../src/experiments/detectable_effect.ts";
import { effectOf } from "../../src/experiments/effect.ts";
import { meansOf } from "../../src/experiments/estimates.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { assertAlmostEquals, assertThrows } from "../assert.ts";
import { simulateArms } from "./simulated_arms.ts";

Deno.test("an effect of the detectable size is found at the end in 80% of experiments", () => {
  const units = 2000;
  const added = detectableEffect({ units, variance: 1 });
  let found = 0;
  for (let run = 0; run < 1000; run++) {
    const setting = { units, every: units, added, random: createRandom(run) };
    simulateArms((random) => ({ value: random.normal(), before: 0 }), setting, (control, arm) => {
      const [a, b] = meansOf([control, arm]);
      if (effectOf(a, b, { narrowestAt: units }).isCertain) found++;
    });
  }
  assertAlmostEquals(found / 1000, 0.8, 0.04);
});

Deno.test("a quarter of the effect takes sixteen times as many units", () => {
  const few = detectableEffect({ units: 1000, variance: 2 });
  const many = detectableEffect({ units: 16_000, variance: 2 });
  assertAlmostEquals(few / many, 4, 1e-9);
});

Deno.test("plans out of their range are refused", () => {
  assertThrows(() => detectableEffect({ units: 10, variance: -1 }), InputError, "got -1");
  assertThrows(
    () => detectableEffect({ units: 10, variance: 1, share: 1 }),
    InputError,
    "1 and 0.8",
  );
  assertThrows(() => detectableEffect({ units: 0, variance: 1 }), InputError, "units");
});

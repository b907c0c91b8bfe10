import { bootstrapMeans } from "../../src/linalg/bootstrap.ts";
import { assertAlmostEquals, assertEquals, assertThrows } from "../assert.ts";

Deno.test("resampled means spread as the standard error says", () => {
  // 100 users, half hits: mean 0.5, standard error √(0.25 / 100) = 0.05.
  const column = Float32Array.from({ length: 100 }, (_, i) => i % 2);
  const [means] = bootstrapMeans([column], { replicates: 4000 });
  const mean = means.reduce((a, b) => a + b) / means.length;
  const variance = means.reduce((sum, m) => sum + (m - mean) ** 2, 0) / means.length;
  assertAlmostEquals(mean, 0.5, 0.005);
  assertAlmostEquals(Math.sqrt(variance), 0.05, 0.003);
});

Deno.test("the same seed gives the same samples", () => {
  const column = Float32Array.of(1, 2, 3);
  assertEquals(bootstrapMeans([column], { seed: 5 }), bootstrapMeans([column], { seed: 5 }));
});

Deno.test("columns of different lengths are refused", () => {
  assertThrows(() => bootstrapMeans([new Float32Array(2), new Float32Array(3)]), RangeError, "2,3");
});

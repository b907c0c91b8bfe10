import { holm, pairedPValue, percentileInterval } from "../../src/evaluation/bootstrap.ts";
import { bootstrapMeans } from "../../src/linalg/bootstrap.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { assert, assertAlmostEquals, assertEquals } from "../assert.ts";

Deno.test("the interval covers the true mean at its stated rate", () => {
  // 400 experiments of 60 users with hit rate 0.4: binomial standard error √(.95 · .05 / 400) =
  // 0.011.
  const random = createRandom(7);
  let covered = 0;
  for (let experiment = 0; experiment < 400; experiment++) {
    const hits = Float32Array.from({ length: 60 }, () => random.next() < 0.4 ? 1 : 0);
    const [means] = bootstrapMeans([hits], { replicates: 300, seed: experiment });
    const { low, high } = percentileInterval(means);
    if (low <= 0.4 && 0.4 <= high) covered++;
  }
  assertAlmostEquals(covered / 400, 0.95, 0.035);
});

Deno.test("columns are resampled together, so a constant lead is certain", () => {
  const random = createRandom(3);
  const behind = Float32Array.from({ length: 50 }, () => random.next());
  const ahead = behind.map((value) => value + 0.001);
  const [a, b] = bootstrapMeans([ahead, behind], { replicates: 199 });
  assertEquals(pairedPValue(a, b), 2 / 200);
  assertEquals(pairedPValue(b, a), 2 / 200);
  assertEquals(pairedPValue(a, a), 1);
});

Deno.test("without a difference small p-values are as rare as they should be", () => {
  const random = createRandom(11);
  let alarms = 0;
  for (let experiment = 0; experiment < 400; experiment++) {
    const draw = () => Float32Array.from({ length: 60 }, () => random.next());
    const [a, b] = bootstrapMeans([draw(), draw()], { replicates: 300, seed: experiment });
    if (pairedPValue(a, b) <= 0.05) alarms++;
  }
  assert(alarms / 400 < 0.05 + 0.035, `${alarms} of 400`);
});

Deno.test("Holm's correction multiplies by how many remain and never decreases", () => {
  // Sorted .001 ·4, .01 ·3, .02 ·2, .5 ·1.
  const corrected = holm([0.5, 0.01, 0.001, 0.02]);
  [0.5, 0.03, 0.004, 0.04].forEach((p, i) => assertAlmostEquals(corrected[i], p, 1e-12));
  assertEquals(holm([0.9, 0.8]), [1, 1]);
  assertEquals(holm([]), []);
});

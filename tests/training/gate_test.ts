import type { Evaluation } from "../../src/evaluation/evaluate.ts";
import { explainGate, passGate } from "../../src/training/gate.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { evaluationOf } from "./evaluations.ts";

const USERS = 200;

/** Users of whom this share gets a perfect list, the first ones. */
function hits(model: string, share: number): Evaluation {
  return evaluationOf(
    model,
    Float32Array.from({ length: USERS }, (_, u) => u < share * USERS ? 1 : 0),
  );
}

Deno.test("a candidate that beats popularity and the served model beyond noise passes", () => {
  const result = passGate([hits("popularity", .1), hits("old", .2), hits("new", .4)], "new", "old");
  assert(result.passed);
  assertEquals(result.tests.map(({ against }) => against), ["popularity", "old"]);
  const [{ candidate, other, low, high, pValue }] = result.tests;
  assertEquals([candidate.toFixed(3), other.toFixed(3)], ["0.400", "0.100"]);
  // Difference .3; its standard error √(.3 · .7 / 200) = .032.
  assert(.2 < low && low < .27 && .33 < high && high < .4, `${low} to ${high}`);
  // The smallest that 1,000 samples allow, 2 / 1001, twice for two tests.
  assertEquals(pValue, 2 * 2 / 1001);
});

Deno.test("a lead within noise doesn't pass, and neither does a deficit", () => {
  const level = passGate(
    [hits("popularity", .1), hits("old", .395), hits("new", .4)],
    "new",
    "old",
  );
  assertEquals(level.tests.map(({ passed }) => passed), [true, false]);
  assertEquals(level.passed, false);
  const worse = passGate([hits("popularity", .4), hits("new", .1)], "new");
  assertEquals(worse.passed, false);
  assertStringIncludes(
    explainGate(worse),
    "on the test window new does not beat popularity beyond noise (NDCG 0.1000 against 0.4000",
  );
});

Deno.test("a model needn't beat itself", () => {
  const test = [hits("popularity", .1), hits("old", .4)];
  assertEquals(passGate(test, "old", "old").tests.map(({ against }) => against), ["popularity"]);
  const alone = passGate(test, "popularity");
  assertEquals([alone.passed, alone.tests.length], [true, 0]);
  assertStringIncludes(explainGate(alone), "nothing to beat");
});

Deno.test("a candidate that can't be measured doesn't pass", () => {
  const unmeasured = passGate([evaluationOf("new", new Float32Array(0))], "new");
  assertEquals(unmeasured.passed, false);
  assertStringIncludes(explainGate(unmeasured), "could not be measured");
});

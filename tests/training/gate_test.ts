import { certaintyOf } from "../../src/evaluation/certainty.ts";
import type { Evaluation } from "../../src/evaluation/evaluate.ts";
import { explainGate, MIN_USERS, passGate } from "../../src/training/gate.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { evaluationOf } from "./evaluations.ts";

const USERS = 200;

/** Users of whom this share gets a perfect list, the first ones. */
function hits(model: string, share: number, users = USERS): Evaluation {
  return evaluationOf(
    model,
    Float32Array.from({ length: users }, (_, u) => u < share * users ? 1 : 0),
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
  // The smallest that 1,000 samples allow, 2 / 1001, twice: two models were compared with it.
  assertEquals(pValue, 2 * 2 / 1001);
  // Which only says that it is lower still.
  assertStringIncludes(explainGate(result), "0.1000, difference");
  assertEquals(explainGate(result).match(/p [<\d][^)]*/g), ["p < 0.004", "p < 0.004"]);
});

Deno.test("the gate's p-values are those of the table of models", () => {
  const test = [.1, .2, .18, .3].map((share, i) => hits(["popularity", "a", "b", "c"][i], share));
  const [, row] = certaintyOf(test, "new");
  const [against] = passGate(test, "a").tests;
  assertEquals([against.against, against.pValue], ["popularity", row.pValuePopularity]);
  // Against c, the table's best and the served model, as well.
  assertEquals(passGate(test, "a", "c").tests[1].pValue, row.pValueWinner);
  // With one more model compared, the same lead is worth less.
  const more = [...test, hits("d", .21)];
  assert(passGate(more, "a").tests[0].pValue > against.pValue);
  assertStringIncludes(
    explainGate(passGate(test, "a")),
    "corrected for all models compared (Holm)",
  );
});

Deno.test("a handful of users can't pass a candidate, however far it leads", () => {
  const few = (users: number) => [hits("popularity", 0, users), hits("new", 1, users)];
  for (const users of [1, MIN_USERS - 1]) {
    const { passed, tests, ...result } = passGate(few(users), "new");
    assertEquals([passed, result.users, tests], [false, users, []]);
  }
  assertEquals(passGate(few(MIN_USERS), "new").passed, true);
  assertStringIncludes(
    explainGate(passGate(few(1), "new")),
    "the test window has only 1 user to measure, the gate needs 50: use events of more days",
  );
});

Deno.test("a lead within noise doesn't pass, and neither does a deficit", () => {
  const level = passGate(
    [hits("popularity", .1), hits("old", .395), hits("new", .4)],
    "new",
    "old",
  );
  assertEquals(level.tests.map(({ passed }) => passed), [true, false]);
  assertEquals(level.passed, false);
  assertEquals(explainGate(level).match(/p 0\.\d{3}/g)?.length, 1);
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

import { InputError } from "../../src/base/input_error.ts";
import { chooseModels } from "../../src/training/choose_models.ts";
import { assertEquals, assertStringIncludes, assertThrows } from "../assert.ts";
import { evaluationOf } from "./evaluations.ts";

const NAMES = ["popularity", "content", "svd", "pure_svd"];

/** Evaluations of a hundred users who all have the same NDCG. */
function same(...ndcg: number[]) {
  return ndcg.map((value, i) => evaluationOf(NAMES[i], new Float32Array(100).fill(value)));
}

const clear = { validation: same(.1, .4, .2, .3), test: same(.1, .4, .2, .3), winner: "content" };

Deno.test("a winner that passes the gate is the default; fallback and SVDs are exported", () => {
  const choice = chooseModels(NAMES, clear);
  assertEquals(choice.defaultModel, "content");
  assertEquals(choice.exported, ["popularity", "content", "svd", "pure_svd"]);
  assertEquals(choice.gate?.passed, true);
  assertStringIncludes(
    choice.reason,
    "content: highest of all on validation (NDCG@10 for new products: " +
      "content 0.4000, pure_svd 0.3000, svd 0.2000, popularity 0.1000); on the test window",
  );
});

Deno.test("if the winner fails the gate it is exported, the served model stays", () => {
  const unlucky = { ...clear, test: same(.1, .2, .3, .1) };
  const choice = chooseModels(NAMES, unlucky, { served: "svd" });
  assertEquals(choice.defaultModel, "svd");
  assertEquals(choice.exported.includes("content"), true);
  assertStringIncludes(choice.reason, "svd: still served, content was highest on validation");
  assertStringIncludes(choice.reason, "content beats popularity beyond noise");
  assertStringIncludes(choice.reason, "does not beat svd beyond noise (NDCG 0.2000 against 0.3000");
  assertEquals(
    chooseModels(NAMES, unlucky, { served: "svd", force: true }).defaultModel,
    "content",
  );
});

Deno.test("without a served model popularity is the default if the winner fails the gate", () => {
  const choice = chooseModels(NAMES, { ...clear, test: same(.4, .4, .4, .4) });
  assertEquals(choice.defaultModel, "popularity");
});

Deno.test("the best SVD, or any model by name, can be chosen without the gate", () => {
  assertEquals(chooseModels(NAMES, clear, { model: "svd-family" }).defaultModel, "pure_svd");
  const named = chooseModels(NAMES, clear, { model: "popularity", served: "content" });
  assertEquals(named.defaultModel, "popularity");
  assertStringIncludes(named.reason, "chosen by name");
});

Deno.test("if no user can be measured popularity answers, and the reason says so", () => {
  const choice = chooseModels(NAMES, { validation: [], test: [] });
  assertEquals(choice.defaultModel, "popularity");
  assertEquals(choice.exported, ["popularity", "svd"]);
  assertStringIncludes(choice.reason, "could not be compared");
});

Deno.test("a model that was not trained can't be served", () => {
  assertThrows(
    () => chooseModels(["popularity"], clear, { model: "svd" }),
    InputError,
    'Cannot serve model "svd": it must be among those trained: popularity',
  );
});

import {
  familyFindings,
  gainFindings,
  gridFindings,
  tuningFindings,
} from "../../../src/analysis/findings/svd_findings.ts";
import { assertEquals } from "../../assert.ts";

const FAMILY = ["svd", "pure_svd"];

const row = (model: string, ndcg: number, rmse?: number) => ({ model, ndcg, users: 5, rmse });

Deno.test("the classic SVD is said to rank worst only where it does", () => {
  assertEquals(
    familyFindings([row("popularity", .02), row("svd", .003, .8), row("pure_svd", .1)], FAMILY),
    [
      "svd ranks worst of all models (NDCG 0.0030), its error in predicting ratings (RMSE) " +
      "is 0.8000; " +
      "of its family, pure_svd ranks best (NDCG 0.1000).",
    ],
  );
  assertEquals(
    familyFindings([row("svd", .2), row("popularity", .02), row("pure_svd", .1)], FAMILY),
    [
      "svd is number 1 of 3 models (NDCG 0.2000); no member of its family ranks better.",
    ],
  );
  assertEquals(familyFindings([row("svd", .2)], FAMILY), []);
  assertEquals(familyFindings([row("svd", 0), row("pure_svd", 0)], FAMILY), []);
});

Deno.test("what is in the first part of each ranking is compared with chance", () => {
  const curve = [0, .05, 1].map((catalogue) => ({ catalogue, found: catalogue ** .5 }));
  assertEquals(gainFindings([{ model: "svd", curve }, { model: "als", curve: [] }]), [
    "Of the new products that users went on to, these shares are in the first 5% of the ranking " +
    "(by chance: 5%): svd 22.4%.",
  ]);
  assertEquals(gainFindings([]), []);
});

Deno.test("recall and RMSE agree on the best options, or disagree", () => {
  const words = { model: "svd", x: "factors", y: "epochs" };
  const cell = (x: number, recall: number, rmse: number) => ({ x, y: 1, recall, rmse });
  assertEquals(gridFindings([cell(2, .01, .87), cell(4, .03, .9)], words), [
    "The two disagree: svd has the best recall, 0.0300, with factors 4, epochs 1, and the best " +
    "RMSE, 0.8700, with factors 2, epochs 1, where recall is 0.0100. Lists are served, so recall " +
    "decides.",
  ]);
  assertEquals(gridFindings([cell(2, .05, .87), cell(4, .03, .9)], words), [
    "svd has both the best recall, 0.0500, and the best RMSE, 0.8700, with factors 2, epochs 1.",
  ]);
  assertEquals(gridFindings([cell(2, .05, NaN)], { ...words, failure: "4 is too many" }), [
    "svd has the best recall, 0.0500, with factors 2, epochs 1.",
    "Not all options could be tried: 4 is too many.",
  ]);
  assertEquals(gridFindings([cell(2, 0, .9)], words), [
    "With none of these options do svd's lists have a product that users went on to.",
  ]);
  assertEquals(gridFindings([], words), []);
});

Deno.test("tuning raises, lowers or leaves a model's NDCG", () => {
  const text = (after: number) => tuningFindings([row("svd", .1)], [row("svd", after)])[0];
  assertEquals(text(.2), "Tuning raises the NDCG of svd on the test window from 0.1000 to 0.2000.");
  assertEquals(
    text(.05),
    "Tuning lowers the NDCG of svd on the test window from 0.1000 to 0.0500.",
  );
  assertEquals(text(.1), "Tuning leaves the NDCG of svd on the test window as it was, 0.1000.");
});

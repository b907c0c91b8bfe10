import { comparisonFindings } from "../../../src/analysis/findings/comparison_findings.ts";
import { assertEquals } from "../../assert.ts";

const facts = {
  rows: [
    { model: "popularity", ndcg: .02, coverage: .002, pValueWinner: .01 },
    { model: "markov", ndcg: .06, coverage: .5 },
    { model: "item_knn", ndcg: .058, coverage: .4, pValueWinner: .3 },
  ],
  cells: [{ recall: .01, rmse: .87 }, { recall: .03, rmse: .9 }],
  choice: { reason: "markov: highest" },
};

Deno.test("the findings on models name the best, its rivals, and the trap of RMSE", () => {
  assertEquals(comparisonFindings(facts), [
    "markov has the highest NDCG on the test window, 0.0600, 3.0 times popularity's; " +
    "it shows 50% of the catalogue, popularity 0.2%.",
    "Its lead over item_knn may be chance.",
    "In the grid, the options with the best recall (0.0300) have an RMSE of 0.9000; " +
    "those with the best RMSE (0.8700) have a recall of 0.0100: models are chosen by their lists.",
    "Served by default: markov: highest.",
  ]);
});

Deno.test("popularity isn't compared with itself", () => {
  const [best, lead] = comparisonFindings({ ...facts, rows: facts.rows.slice(0, 1) });
  assertEquals(best, "popularity has the highest NDCG on the test window, 0.0200.");
  assertEquals(lead, "Its lead over every other model is more than chance.");
});

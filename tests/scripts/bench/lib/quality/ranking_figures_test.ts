import { measureRanking } from "../../../../../scripts/bench/lib/quality/ranking_figures.ts";
import { prepareHoldout } from "../../../../../src/evaluation/prepared_holdout.ts";
import { assertAlmostEquals, assertEquals } from "../../../../assert.ts";
import { fixedModel } from "../../../../evaluation/fixed_model.ts";
import { interactionsOf } from "../../../../interactions/made_by_hand.ts";

Deno.test("figures are means over users, at every cut-off, by hand", () => {
  const size = { users: 2, items: 6 };
  const history = interactionsOf([[0, 0, 1, 1], [1, 1, 1, 2]], size);
  const truth = interactionsOf([[0, 1, 1, 9], [0, 5, 1, 9], [1, 3, 1, 9]], size);
  // User 0 is shown 1, 2, 3, 4 and wants 1 and 5; user 1 is shown 0, 2, 3, 4 and wants 3.
  const [one, four] = measureRanking(
    fixedModel([6, 5, 4, 3, 2, 1]),
    prepareHoldout({ history, truth }),
    [1, 4],
  );
  assertEquals(one, {
    precision: 1 / 2,
    recall: (1 / 2 + 0) / 2,
    ndcg: 1 / 2,
    f1: (2 * 1 * (1 / 2) / (3 / 2) + 0) / 2,
  });
  assertAlmostEquals(four.precision, 1 / 4, 1e-12);
  assertAlmostEquals(four.recall, (1 / 2 + 1) / 2, 1e-12);
  assertAlmostEquals(four.f1, (2 / 4 * (1 / 2) / (3 / 4) + 2 / 4 / (5 / 4)) / 2, 1e-12);
  const best = 1 + 1 / Math.log2(3);
  assertAlmostEquals(four.ndcg, (1 / best + 1 / 2) / 2, 1e-12);
});

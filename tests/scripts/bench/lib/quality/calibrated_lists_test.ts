import { measureCalibrated } from "../../../../../scripts/bench/lib/quality/calibrated_lists.ts";
import { prepareHoldout } from "../../../../../src/evaluation/prepared_holdout.ts";
import { textColumn } from "../../../../../src/interactions/catalogue.ts";
import { assertAlmostEquals, assertEquals } from "../../../../assert.ts";
import { fixedModel } from "../../../../evaluation/fixed_model.ts";
import { interactionsOf } from "../../../../interactions/made_by_hand.ts";

Deno.test("calibrated lists are measured on the same candidates, by hand", () => {
  const size = { users: 1, items: 5 };
  const column = textColumn(["bags", "shoes", "bags", "bags", "shoes"]);
  const catalogue = {
    categoryId: column,
    categoryCode: column,
    brand: textColumn(["a", "a", "a", "a", "a"]),
    price: new Float32Array(5).fill(1),
  };
  const history = { ...interactionsOf([[0, 0, 1, 1], [0, 1, 1, 2]], size), catalogue };
  const truth = interactionsOf([[0, 4, 1, 9]], size);
  const prepared = { ...prepareHoldout({ history, truth }), history };
  const [plain, calibrated] = measureCalibrated(fixedModel([9, 8, 7, 6, 5]), prepared, {
    ...{ k: 2, weights: [0, 1] },
  });
  // Half of the user's events are bags; the list is 2 and 3, both bags, or 2 and 4.
  assertEquals([plain.recall, calibrated.recall], [0, 1]);
  assertAlmostEquals(plain.calibrationError!, Math.log(.5 / .995) / 2 + Math.log(100) / 2, 1e-12);
  assertAlmostEquals(calibrated.calibrationError!, 0, 1e-12);
});

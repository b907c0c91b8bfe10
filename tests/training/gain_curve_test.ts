import { gainCurve } from "../../src/training/gain_curve.ts";
import { assertEquals } from "../assert.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";
import { fixedModel } from "../evaluation/fixed_model.ts";

const size = { users: 2, items: 5 };
const history = interactionsOf([[0, 0, 1, 1], [1, 0, 1, 1]], size);

Deno.test("an item's place is the share of other new items above it; ties count half", () => {
  // Of the new items 2, 3 and 4, one is above item 1 and one level with it: half of them.
  const truth = interactionsOf([[0, 0, 1, 5], [0, 1, 1, 6]], size);
  const curve = gainCurve(fixedModel([9, 3, 5, 3, 1]), { history, truth }, [0, 1], { points: 4 });
  assertEquals(curve, [
    { catalogue: 0, found: 0 },
    { catalogue: .25, found: 0 },
    { catalogue: .5, found: 1 },
    { catalogue: .75, found: 1 },
    { catalogue: 1, found: 1 },
  ]);
});

Deno.test("users who go on to nothing new are skipped; without others there is no curve", () => {
  const truth = interactionsOf([[1, 0, 1, 5]], size);
  assertEquals(gainCurve(fixedModel([1, 2, 3, 4, 5]), { history, truth }, [0, 1]), []);
});

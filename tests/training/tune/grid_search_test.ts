import { svd } from "../../../src/models/svd.ts";
import { gridSearch } from "../../../src/training/tune/grid_search.ts";
import { assert, assertEquals } from "../../assert.ts";
import { type HandEvent, interactionsOf } from "../../interactions/made_by_hand.ts";

Deno.test("every combination of two options becomes a cell with its figures", async () => {
  // Thirty users view one product per hour; the products differ between users.
  const events = Array.from({ length: 600 }, (_, i): HandEvent => {
    const [user, turn] = [i % 30, Math.floor(i / 30)];
    return [user, (user * 7 + turn * (1 + user % 3)) % 40, 1 + (user + turn) % 2, 3600 * turn];
  });
  const cells = await gridSearch(interactionsOf(events), svd, {
    x: { name: "factors", values: [2, 4] },
    y: { name: "regularization", values: [.02, .5] },
    fixed: { epochs: 2 },
    metric: "recall",
    workers: 1,
  });
  assertEquals(cells.map(({ x, y }) => [x, y]).sort(), [[2, .02], [2, .5], [4, .02], [4, .5]]);
  assert(cells.every(({ recall, rmse }) => recall >= 0 && recall <= 1 && rmse > 0));
});

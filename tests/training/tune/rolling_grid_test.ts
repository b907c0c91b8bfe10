import { pureSvd } from "../../../src/models/pure_svd.ts";
import { svd } from "../../../src/models/svd.ts";
import { rollingEvaluation } from "../../../src/training/rolling.ts";
import { rollingGrid, tunedByGrids } from "../../../src/training/tune/rolling_grid.ts";
import { tunedDataOf } from "../../../src/training/tune/tuned_file.ts";
import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { type HandEvent, interactionsOf } from "../../interactions/made_by_hand.ts";

/** Thirty users view one product per hour; the products differ between users. */
const shop = interactionsOf(Array.from({ length: 600 }, (_, i): HandEvent => {
  const [user, turn] = [i % 30, Math.floor(i / 30)];
  return [user, (user * 7 + turn * (1 + user % 3)) % 40, 1 + (user + turn) % 2, 3600 * turn];
}));

Deno.test("every combination has its means over windows, and the best recall wins", async () => {
  const grid = {
    x: { name: "factors", values: [2, 4] },
    y: { name: "epochs", values: [1, 2] },
    folds: 2,
  };
  const { cells, best, failure } = await rollingGrid(shop, svd, grid);
  assertEquals(cells.map(({ x, y }) => [x, y]), [[2, 1], [4, 1], [2, 2], [4, 2]]);
  const { summary } = await rollingEvaluation(shop, [svd], {
    folds: 2,
    tuned: { svd: { factors: 4, epochs: 1 } },
  });
  const { recall, rmse } = summary.find(({ task }) => task === "new")!;
  assertEquals([cells[1].recall, cells[1].rmse], [recall.mean, rmse?.mean ?? NaN]);
  const highest = cells.toSorted((a, b) => b.recall - a.recall)[0].recall;
  assertEquals(
    cells.find(({ x, y }) => x === best?.factors && y === best?.epochs)?.recall,
    highest,
  );
  assertEquals(failure, undefined);
});

Deno.test("combinations that don't fit the data are left out, with the reason", async () => {
  const { cells, failure } = await rollingGrid(shop, pureSvd, {
    x: { name: "factors", values: [4, 500] },
    y: { name: "rating", values: ["max"] },
    folds: 2,
  });
  assertEquals(cells.map(({ x }) => x), [4]);
  assert(cells.every(({ rmse }) => Number.isNaN(rmse)));
  assertStringIncludes(failure!, 'option "factors" must be at most');
});

Deno.test("data too short for windows has no cells, and the reason", async () => {
  const { cells, best, failure } = await rollingGrid(interactionsOf([[0, 0, 1, 0]]), svd, {
    x: { name: "factors", values: [2] },
    y: { name: "epochs", values: [1] },
  });
  assertEquals([cells, best], [[], undefined]);
  assertStringIncludes(failure!, "Cannot evaluate rolling");
});

Deno.test("what grids found is as tuning saves it; a grid without cells has nothing", () => {
  const cells = [
    { x: 2, y: 1, recall: 0.25, users: 30, rmse: NaN },
    { x: 4, y: 1, recall: 0.5, users: 31, rmse: NaN },
  ];
  const grids = { svd: { cells, best: { factors: 4, epochs: 1 } }, pure_svd: { cells: [] } };
  const { svd, ...others } = tunedByGrids(grids, { interactions: shop, folds: 2 });
  assertEquals(others, {});
  const { date, data, ...found } = svd;
  assertEquals(found, {
    options: { factors: 4, epochs: 1 },
    ...{ metric: "recall", k: 10, value: 0.5, folds: 2, users: 31 },
    ...{ trials: 2, untried: 0, seed: 1 },
  });
  assertEquals([date.length, data], [10, tunedDataOf(shop)]);
});

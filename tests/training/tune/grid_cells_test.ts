import type { TrialOutcome } from "../../../src/training/tune/trial.ts";
import { gridCells } from "../../../src/training/tune/grid_cells.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("trials become cells, except failed ones", () => {
  const figures = { users: 9, ndcg: .1, recall: .2, map: .3 };
  const trial = (factors: number, implicit: boolean, outcome: TrialOutcome) => ({
    number: 0,
    rung: 0,
    options: { factors, implicit },
    outcome,
  });
  const candidates = [
    trial(50, true, { seconds: 1, figures: { ...figures, rmse: .9 } }),
    trial(100, true, { seconds: 1, error: "diverged" }),
    trial(50, false, { seconds: 1, figures }),
  ];
  assertEquals(gridCells({ candidates }, { x: "factors", y: "implicit" }), [
    { x: 50, y: true, recall: .2, rmse: .9 },
    { x: 50, y: false, recall: .2, rmse: NaN },
  ]);
});

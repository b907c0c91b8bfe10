import { gridSearchChart } from "../../../../src/analysis/charts/models/grid_search_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("recall and RMSE each have a heat map with the best cell framed", async () => {
  const cells = [
    { x: 16, y: .02, recall: .03, rmse: .95 },
    { x: 64, y: .02, recall: .05, rmse: .97 },
    { x: 16, y: .1, recall: .02, rmse: .94 },
    { x: 64, y: .1, recall: .04, rmse: .96 },
  ];
  const { axisTitles, texts, marks } = await draw(
    gridSearchChart(cells, { x: "factors", y: "regularization" }),
  );
  assertEquals(axisTitles, ["factors", "regularization"]);
  assert(texts.includes("Recall@10: higher is better"));
  assert(texts.includes("RMSE: lower is better"));
  for (const label of ["0.0500", "0.0300", "0.9400"]) assert(texts.includes(label), label);
  // Four cells and a frame in each map, and a number in each cell.
  assertEquals(
    marks.filter((mark) => mark.startsWith("factors: 64") && mark.includes("0.02")).length,
    5,
  );
});

Deno.test("a model without ratings has a map of recall only", async () => {
  const cells = [{ x: 16, y: "max", recall: .03, rmse: NaN }];
  const { texts } = await draw(gridSearchChart(cells, { x: "factors", y: "rating" }));
  assert(texts.includes("Recall@10: higher is better"));
  assert(!texts.some((text) => text.startsWith("RMSE")));
});

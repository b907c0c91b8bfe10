import { groupsChart } from "../../../src/analysis/charts/groups_chart.ts";
import { assert, assertEquals } from "../../assert.ts";
import { draw } from "./drawn.ts";

Deno.test("groups keep their order and show the metric and their number of users", async () => {
  const row = { model: "svd", mean: .03, low: .02, high: .04 };
  const rows = [{ ...row, group: "1", users: 8000 }, { ...row, group: "unseen", users: 9 }];
  const { title, axisTitles, axisLabels } = await draw(
    groupsChart(rows, { title: "What it finds", metric: "Recall", groupTitle: "Tenth", step: 70 }),
  );
  assertEquals([title, axisTitles], ["What it finds", ["Tenth (below: users)", "Recall"]]);
  assertEquals(axisLabels.slice(0, 2), ["1 8,000", "unseen 9"]);
});

Deno.test("more than three models get a panel each", async () => {
  const rows = ["als", "ease", "svd", "blend"].flatMap((model) => {
    const row = { model, mean: .03, low: .02, high: .04 };
    return [{ ...row, group: "1", users: 8 }, { ...row, group: "2", users: 9 }];
  });
  const options = { title: "What it finds", metric: "Recall", groupTitle: "Tenth" };
  const { texts } = await draw(groupsChart(rows, options));
  for (const model of ["als", "ease", "svd", "blend"]) assert(texts.includes(model), model);
  assert(!texts.includes("Model"), "no legend");
});

Deno.test("panels with many groups stand below each other, so that no chart is too wide", () => {
  const columnsOf = (groups: number) => {
    const rows = ["als", "ease", "svd", "blend"].flatMap((model) =>
      Array.from({ length: groups }, (_, i) => (
        { model, group: String(i), users: 1, mean: .03, low: .02, high: .04 }
      ))
    );
    const options = { title: "", metric: "Recall", groupTitle: "Tenth" };
    return (groupsChart(rows, options) as { columns?: number }).columns;
  };
  // Within 960 pixels: three panels of 5 · 54 beside each other, two of 7 · 54, one of 11 · 54.
  assertEquals([5, 7, 11].map(columnsOf), [3, 2, 1]);
});

import {
  formatBreakdowns,
  formatOverlaps,
} from "../../../../scripts/lib/tables/breakdown_table.ts";
import { assertEquals } from "../../../assert.ts";

const figure = { low: 0, high: 1 };

Deno.test("breakdowns have a row per model and a column per group, with its users", () => {
  const text = formatBreakdowns([
    { by: "history", model: "popularity", group: "0", users: 1200, mean: 0.25, ...figure },
    { by: "history", model: "svd", group: "0", users: 1200, mean: 0.25, ...figure },
    { by: "history", model: "popularity", group: "20+", users: 3, mean: 0.5, ...figure },
    { by: "history", model: "svd", group: "20+", users: 3, mean: 1, ...figure },
  ]);
  assertEquals(
    text,
    [
      "NDCG of new products, by events in the history; users with 0 are shown popular",
      "products",
      "┌────────────┬─────────────┬─────────┐",
      "│ model      │           0 │     20+ │",
      "│            │ 1,200 users │ 3 users │",
      "├────────────┼─────────────┼─────────┤",
      "│ popularity │       .2500 │   .5000 │",
      "│ svd        │       .2500 │  1.0000 │",
      "└────────────┴─────────────┴─────────┘",
    ].join("\n"),
  );
});

Deno.test("the overlap of every pair of models is shown once", () => {
  const text = formatOverlaps([
    { model: "popularity", other: "content", overlap: 0.125 },
    { model: "popularity", other: "svd", overlap: 0.5 },
    { model: "content", other: "svd", overlap: 0 },
  ]);
  assertEquals(
    text,
    [
      "Overlap of lists of new products, mean Jaccard index",
      "┌─────────┬────────────┬─────────┐",
      "│ model   │ popularity │ content │",
      "├─────────┼────────────┼─────────┤",
      "│ content │      0.125 │         │",
      "│ svd     │      0.500 │   0.000 │",
      "└─────────┴────────────┴─────────┘",
    ].join("\n"),
  );
});

Deno.test("without measurements there are no tables", () => {
  assertEquals([formatBreakdowns([]), formatOverlaps([])], ["", ""]);
});

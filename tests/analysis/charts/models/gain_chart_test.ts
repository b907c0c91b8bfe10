import { gainChart } from "../../../../src/analysis/charts/models/gain_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("each model has a line beside that of a ranking by chance", async () => {
  const curve = [{ catalogue: 0, found: 0 }, { catalogue: 1, found: 1 }];
  const { axisTitles, texts, marks } = await draw(
    gainChart([{ model: "svd", curve }, { model: "pure_svd", curve }]),
  );
  assertEquals(axisTitles, [
    "First part of the ranking of all products",
    "Share of what users went on to",
  ]);
  assert(texts.includes("svd") && texts.includes("pure_svd"));
  assertEquals(marks.length, 3);
});

import { barsChart } from "../../../src/analysis/charts/bars_chart.ts";
import { FORMATS } from "../../../src/analysis/charts/theme.ts";
import { assert, assertEquals } from "../../assert.ts";
import { draw } from "./drawn.ts";

const words = { title: "Top brands", labelTitle: "Brand", valueTitle: "Purchases" };

Deno.test("bars keep the given order and are labelled with their value", async () => {
  const bars = [{ label: "runail", value: 31_230 }, { label: "airnails", value: 40_000 }];
  const { title, axisTitles, axisLabels, texts } = await draw(
    barsChart(bars, { ...words, format: FORMATS.count }),
  );
  assertEquals(title, "Top brands");
  assertEquals(axisTitles, ["Purchases", "Brand"]);
  assertEquals(axisLabels.slice(-2), ["runail", "airnails"]);
  assert(texts.includes("31,230"));
});

Deno.test("bars can have intervals", async () => {
  const { texts, marks } = await draw(
    barsChart([{ label: "runail", value: .3, low: .25, high: .4 }], {
      ...words,
      format: FORMATS.percent,
    }),
  );
  assert(texts.includes("30%"));
  assert(marks.some((mark) => mark.includes("25%") && mark.includes("0.4")), marks.join("\n"));
});

Deno.test("a tiny share isn't written with more digits than anybody reads", async () => {
  const bars = [{ label: "broken", value: 1 / 300_000 }, { label: "missing", value: .0329 }];
  const { texts } = await draw(barsChart(bars, { ...words, format: FORMATS.percent }));
  assert(texts.includes("< 0.01%") && texts.includes("3.29%"), texts.join());
});

Deno.test("no bars make an empty chart", async () => {
  assertEquals(
    (await draw(barsChart([], { ...words, format: FORMATS.count }))).title,
    "Top brands",
  );
});

import { funnelChart } from "../../../../src/analysis/charts/shop/funnel_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("each unit has a panel with its stages in order, with counts and shares", async () => {
  const stages = (unit: string, ...units: number[]) =>
    ["view", "cart", "purchase"].map((stage, i) => ({
      unit,
      stage,
      units: units[i],
      share: units[i] / units[0],
    }));
  const { texts, axisTitles, axisLabels } = await draw(
    funnelChart([...stages("session", 85_000, 12_000, 2_795), ...stages("user", 400, 80, 25)]),
  );
  assertEquals(texts.filter((text) => text === "sessions" || text === "users"), [
    "sessions",
    "users",
  ]);
  assertEquals(axisTitles, ["Stage", "Share of those that viewed"]);
  assertEquals(axisLabels.slice(0, 3), ["view", "cart", "purchase"]);
  for (const label of ["85,000", "12,000", "14.1%", "2,795", "3.29%", "80", "20%", "6.25%"]) {
    assert(texts.includes(label), label);
  }
});

Deno.test("a funnel without views is drawn empty", async () => {
  const { title } = await draw(
    funnelChart([{ unit: "user", stage: "view", units: 0, share: NaN }]),
  );
  assertEquals(title, "From view to cart to purchase");
});

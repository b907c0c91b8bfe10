import { barsChart } from "../../../src/analysis/charts/bars_chart.ts";
import { emptyChart } from "../../../src/analysis/charts/chart.ts";
import { chartForms } from "../../../src/analysis/notebook/show_chart.ts";
import { assert, assertEquals } from "../../assert.ts";

const spec = barsChart([{ label: "runail", value: 1 / 3 }], {
  title: "Brands",
  labelTitle: "Brand",
  valueTitle: "Sales",
  format: ",d",
});

Deno.test("a notebook gets the chart's specification and picture, then what it says", async () => {
  const [picture, findings] = await chartForms(spec, ["One.", "Two."]);
  assertEquals(Object.keys(picture), ["application/vnd.vegalite.v5+json", "image/svg+xml"]);
  assert(String(picture["image/svg+xml"]).startsWith("<svg"));
  assertEquals(findings["text/markdown"], "- One.\n- Two.");
  assertEquals((await chartForms(spec)).length, 1);
});

Deno.test("numbers are rounded, so that a rerun with rounding errors shows the same", async () => {
  const [{ "application/vnd.vegalite.v5+json": shown }] = await chartForms(spec);
  const { values } = (shown as { data: { values: unknown[] } }).data;
  assertEquals(values, [{ label: "runail", value: .333333 }]);
});

Deno.test("instead of a chart that can't be drawn, a sentence says why", async () => {
  const empty = emptyChart("Brands", undefined, "all events are of one day");
  const [forms] = await chartForms(empty, ["More."]);
  assertEquals(forms["text/markdown"], "- Brands: all events are of one day.\n- More.");
  const [only] = await chartForms(emptyChart("Brands"), ["No brand is known."]);
  assertEquals(only["text/markdown"], "- No brand is known.");
});

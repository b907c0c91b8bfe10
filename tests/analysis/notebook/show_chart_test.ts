import { barsChart } from "../../../src/analysis/charts/bars_chart.ts";
import { chartForms } from "../../../src/analysis/notebook/show_chart.ts";
import { assert, assertEquals } from "../../assert.ts";

Deno.test("a notebook gets the chart's specification and a picture", async () => {
  const spec = barsChart([{ label: "runail", value: 5 }], {
    title: "Brands",
    labelTitle: "Brand",
    valueTitle: "Sales",
    format: ",d",
  });
  const forms = await chartForms(spec);
  assertEquals(Object.keys(forms), ["application/vnd.vegalite.v5+json", "image/svg+xml"]);
  assertEquals(forms["application/vnd.vegalite.v5+json"], spec);
  assert(String(forms["image/svg+xml"]).startsWith("<svg"));
  assertEquals(JSON.parse(JSON.stringify(spec)), spec, "nothing is lost on the way to Jupyter");
});

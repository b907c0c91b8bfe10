import { chart } from "../../../src/analysis/charts/chart.ts";
import { renderSvg } from "../../../src/analysis/charts/render_svg.ts";
import { assert, assertEquals } from "../../assert.ts";

const body = {
  data: { values: [{ brand: "runail", sales: 5 }] },
  mark: "bar",
  encoding: {
    x: { field: "sales", type: "quantitative" },
    y: { field: "brand", type: "nominal" },
  },
};

Deno.test("a chart becomes a self-contained picture with the theme's background", async () => {
  const svg = await renderSvg(chart("Sales", "of October", body));
  assert(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"'));
  assert(svg.includes('fill="white"') && svg.includes(">Sales<") && svg.includes(">of October<"));
});

Deno.test("problems of a specification are reported as warnings", async () => {
  const warnings: string[] = [];
  const odd = { ...body, encoding: { ...body.encoding, color: { filed: "brand" } } };
  await renderSvg(chart("Sales", undefined, odd), { warn: (message) => warnings.push(message) });
  assertEquals(warnings.length > 0, true);
});

Deno.test("drawing doesn't change the specification", async () => {
  const spec = chart("Sales", undefined, body);
  const before = structuredClone(spec);
  await renderSvg(spec);
  assertEquals(spec, before);
});

import type { ChartSpec } from "../charts/chart.ts";
import { display, type DisplayForms } from "./display.ts";
import { renderSvg } from "../charts/render_svg.ts";

/** How JupyterLab and VS Code know a chart that they can draw themselves; they know no newer version. */
const VEGA_LITE = "application/vnd.vegalite.v5+json";

/**
 * Shows a chart in a notebook: interactive where Vega-Lite is known (JupyterLab, VS Code), as a picture elsewhere
 * (GitHub).
 */
export async function showChart(spec: ChartSpec): Promise<void> {
  await display(await chartForms(spec));
}

/** The forms in which {@linkcode showChart} shows a chart: its specification, and SVG. */
export async function chartForms(spec: ChartSpec): Promise<DisplayForms> {
  return { [VEGA_LITE]: spec, "image/svg+xml": await renderSvg(spec) };
}

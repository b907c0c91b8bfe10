import type { ChartSpec } from "../charts/chart.ts";
import { display, type DisplayForms } from "./display.ts";
import { renderSvg } from "../charts/render_svg.ts";

/** The newest media type of charts that JupyterLab and VS Code can draw themselves. */
const VEGA_LITE = "application/vnd.vegalite.v5+json";

/**
 * Shows a chart in a notebook: interactive where Vega-Lite is supported (JupyterLab, VS Code), as a
 * picture elsewhere (GitHub).
 */
export async function showChart(spec: ChartSpec): Promise<void> {
  await display(await chartForms(spec));
}

/** The forms in which {@linkcode showChart} shows a chart: its specification and SVG. */
export async function chartForms(spec: ChartSpec): Promise<DisplayForms> {
  return { [VEGA_LITE]: spec, "image/svg+xml": await renderSvg(spec) };
}

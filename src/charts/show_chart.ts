import type { ChartSpec } from "./chart.ts";
import { type Displayable, JUPYTER_DISPLAY } from "./display.ts";
import { renderSvg } from "./render_svg.ts";

/** How JupyterLab and VS Code know a chart that they can draw themselves; they know no newer version. */
const VEGA_LITE = "application/vnd.vegalite.v5+json";

/**
 * Shows a chart in a notebook: interactive where Vega-Lite is known (JupyterLab, VS Code), as a picture elsewhere
 * (GitHub).
 */
export function showChart(spec: ChartSpec): Displayable {
  return {
    [JUPYTER_DISPLAY]: async () => ({
      [VEGA_LITE]: spec,
      "image/svg+xml": await renderSvg(spec),
    }),
  };
}

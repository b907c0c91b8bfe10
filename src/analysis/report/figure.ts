import type { ChartSpec } from "../charts/chart.ts";
import { renderSvg } from "../charts/render_svg.ts";
import { Html, html } from "./html.ts";

/**
 * A chart as inline SVG.
 *
 * @param name Read by screen readers; also prefixes the ids of the drawing, so that they are
 * unique.
 */
export async function figure(name: string, spec: ChartSpec): Promise<Html> {
  const svg = await renderSvg(spec);
  const prefix = name.toLowerCase().replaceAll(/\W+/g, "-");
  const prefixed = svg.replaceAll(/(\bid="|url\(#)/g, `$1${prefix}-`);
  return html`<figure tabindex="0" aria-label="${name}">${new Html(prefixed)}</figure>\n`;
}

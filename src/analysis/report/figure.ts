import type { ChartSpec } from "../charts/chart.ts";
import { renderSvg } from "../charts/render_svg.ts";
import { Html, html } from "./html.ts";

/**
 * A chart drawn into the page.
 *
 * @param name Told to those who can't see it; also keeps what the drawing names apart from other drawings.
 */
export async function figure(name: string, spec: ChartSpec): Promise<Html> {
  const svg = await renderSvg(spec);
  const prefix = name.toLowerCase().replaceAll(/\W+/g, "-");
  const apart = svg.replaceAll(/(\bid="|url\(#)/g, `$1${prefix}-`);
  return html`<figure aria-label="${name}">${new Html(apart)}</figure>\n`;
}

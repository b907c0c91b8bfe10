import type { ChartSpec } from "../../analysis/charts/chart.ts";
import { type Html, Html as Raw, html } from "../../analysis/report/html.ts";
import { jsonText } from "../../service/http/json_text.ts";

/**
 * The place of a chart that the browser draws from its specification, which is in the page. Without
 * scripts, the tables beside it have the same figures.
 *
 * @param name Read by screen readers.
 */
export function chartPlace(name: string, spec: ChartSpec): Html {
  // As JSON in which "<" is escaped, nothing in it can end the element.
  const text = new Raw(jsonText(spec));
  return html`
    <figure class="chart">
      <div class="drawing" role="img" aria-label="${name}"></div>
      <script type="application/json">${text}</script>
    </figure>
  `;
}

import { LIST_METRIC_COLUMNS, LIST_METRICS } from "../../evaluation/list_metrics.ts";
import { MODEL_METRICS } from "../../evaluation/model_metrics.ts";
import { type Html, html } from "./html.ts";

const METRICS = [
  ...LIST_METRIC_COLUMNS.map((name) => LIST_METRICS[name]),
  ...Object.values(MODEL_METRICS),
];

const STATISTICS = [
  {
    title: "95% interval",
    meaning: "The range in which the figure would be if other users of the same shop had been " +
      "measured (bootstrap over users).",
  },
  {
    title: "p",
    meaning:
      "How often chance alone would produce a difference as large as that to the best model, " +
      "or to popularity; corrected for the number of comparisons (Holm). Below 0.05 a difference " +
      "counts as more than noise.",
  },
];

/** What the figures mean. */
export function glossary(): Html {
  return html`
    <section>
      <h2>What the figures mean</h2>
      <dl class="terms">${[...METRICS, ...STATISTICS].map(({ title, meaning }) =>
        html`<dt>${title}</dt><dd>${meaning}</dd>\n`
      )}</dl>
    </section>
  `;
}

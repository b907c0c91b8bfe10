import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import { formatCount, formatCounted, formatMetric } from "../../base/format.ts";
import { breakdownSection } from "./breakdown_section.ts";
import { comparisonSection, decisionSection, interval, testRows } from "./comparison_section.ts";
import { dataSection, dateText, splitSection } from "./data_section.ts";
import { glossary } from "./glossary.ts";
import { Html, html } from "./html.ts";
import type { ReportSource } from "./source.ts";
import { STYLE } from "./style.ts";
import { varietySection } from "./variety_section.ts";

/**
 * One page for readers who don't use notebooks: the decision, the comparison with intervals and
 * tests, breakdowns, charts, the data, the split, and a glossary. It needs no network and runs no
 * script.
 *
 * @returns HTML; the same source gives the same page, byte for byte.
 */
export async function renderReport(source: ReportSource): Promise<string> {
  const sections = [
    decisionSection(source),
    await comparisonSection(source),
    await breakdownSection(source),
    await varietySection(source),
    await dataSection(source),
    await splitSection(source),
    glossary(),
  ];
  const made = dateText(source.created);
  const of = source.version ? html`artifact <code>${source.version}</code>` : "nothing exported";
  const page = html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Recommender report, ${made}</title>
        <style>${new Html(STYLE)}</style>
      </head>
      <body>
        <header>
          <h1>Recommender report</h1>
          <p class="faint">Made ${made} UTC, ${of}</p>
          ${cards(source)}
        </header>
        <main>${sections}</main>
      </body>
    </html>
  `;
  return page.text.trimStart();
}

/** The most important figures. */
function cards(source: ReportSource): Html {
  const rows = testRows(source, "new");
  const served = rows.find(({ model }) => model === source.defaultModel);
  const popularity = rows.find(({ model }) => model === FALLBACK_MODEL);
  const { data } = source;
  return html`
    <dl class="cards">
    ${card("Served by default", source.defaultModel)}
    ${served && card(
      `NDCG@${served.k}, new products`,
      formatMetric(served.ndcg),
      served.low && served.high && interval({ low: served.low.ndcg, high: served.high.ndcg }),
    )}
    ${served && popularity && popularity.ndcg > 0 && served !== popularity &&
      card(
        "Compared with popularity",
        `${(served.ndcg / popularity.ndcg).toFixed(1)} ×`,
        "as high",
      )}
    ${card("Learned from", `${formatCount(data.events)}`, "views, carts and purchases")}
    ${card("Products", formatCount(data.items), formatCounted(data.users, "user"))}
    </dl>
  `;
}

function card(name: string, value: string, note?: string): Html {
  return html`
    <div>
      <dt>${name}</dt>
      <dd>${value}${note && html`
        <small>${note}</small>
      `}</dd>
    </div>
  `;
}

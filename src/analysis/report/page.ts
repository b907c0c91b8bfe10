import { breakdownSection } from "./breakdown_section.ts";
import { comparisonSection, decisionSection } from "./comparison_section.ts";
import { dataSection, dateText, splitSection } from "./data_section.ts";
import { examplesSection } from "./examples_section.ts";
import { figure } from "./figure.ts";
import { glossary } from "./glossary.ts";
import { Html, html } from "./html.ts";
import type { ReportSource } from "./source.ts";
import { STYLE } from "./style.ts";
import { cards, inWords } from "./summary.ts";
import { varietySection } from "./variety_section.ts";

/**
 * One page for readers who don't use notebooks: examples, the decision, the comparison with
 * intervals and tests, breakdowns, charts, the data, the split, and a glossary. It needs no network
 * and runs no script.
 *
 * @returns HTML; the same source gives the same page, byte for byte.
 */
export async function renderReport(source: ReportSource): Promise<string> {
  const sections = [
    examplesSection(source),
    decisionSection(source),
    await comparisonSection(source, figure),
    await breakdownSection(source, figure),
    await varietySection(source, figure),
    await dataSection(source, figure),
    await splitSection(source, figure),
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
          ${inWords(source)} ${cards(source)}
        </header>
        <main>${sections}</main>
      </body>
    </html>
  `;
  return page.text.trimStart();
}

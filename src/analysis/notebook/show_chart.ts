import { type ChartSpec, emptyNote, NO_DATA } from "../charts/chart.ts";
import { display, type DisplayForms } from "./display.ts";
import { renderSvg } from "../charts/render_svg.ts";
import { findingsForms } from "./show_findings.ts";

/** The newest media type of charts that JupyterLab and VS Code can draw themselves. */
const VEGA_LITE = "application/vnd.vegalite.v5+json";

/**
 * Shows a chart in a notebook, and below it what it says: interactive where Vega-Lite is supported
 * (JupyterLab, VS Code), as a picture elsewhere (GitHub). Instead of a chart that can't be drawn, a
 * sentence says why.
 *
 * @param findings Sentences computed from what the chart shows.
 */
export async function showChart(spec: ChartSpec, ...findings: string[]): Promise<void> {
  for (const forms of await chartForms(spec, findings)) await display(forms);
}

/**
 * The forms in which {@linkcode showChart} shows a chart: its specification and SVG, or a text.
 */
export async function chartForms(
  spec: ChartSpec,
  findings: readonly string[] = [],
): Promise<DisplayForms[]> {
  const note = emptyNote(spec);
  if (note !== undefined) {
    // Findings say more than that there is nothing.
    const reason = note === NO_DATA && findings.length > 0 ? [] : [`${titleOf(spec)}: ${note}.`];
    return [findingsForms([...reason, ...findings])];
  }
  const stable = roundNumbers(spec);
  const picture = { [VEGA_LITE]: stable, "image/svg+xml": await renderSvg(stable) };
  return findings.length > 0 ? [picture, findingsForms(findings)] : [picture];
}

/** So that a notebook that is run again changes only if its data do, not by rounding errors. */
function roundNumbers(spec: ChartSpec): ChartSpec {
  const round = (_name: string, value: unknown) =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
  return JSON.parse(JSON.stringify(spec, round));
}

function titleOf({ title }: ChartSpec): string {
  return (title as { text: string }).text;
}

import type { TopLevelSpec } from "vega-lite";
import { THEME } from "./theme.ts";

/** A complete Vega-Lite specification with its data. */
export type ChartSpec = TopLevelSpec;

/** The texts of a chart. */
export interface ChartText {
  /** Replaces the chart's own title. */
  readonly title?: string;
  /** Replaces the line below the title. */
  readonly subtitle?: string;
}

// JupyterLab and VS Code draw Vega-Lite 5; the parts that the charts use are the same in 6.
const SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";

/** Completes a chart's data, marks and encodings with its title and the theme. */
export function chart<Body extends object>(
  title: string,
  subtitle: string | undefined,
  body: Body,
): ChartSpec {
  return {
    $schema: SCHEMA,
    config: THEME,
    title: { text: title, ...(subtitle && { subtitle }) },
    ...body,
  } as unknown as ChartSpec;
}

/** A chart without rows: its title and a note that it has no data. */
export function emptyChart(title: string, subtitle?: string): ChartSpec {
  return chart(title, subtitle, {
    data: { values: [{ text: "No data to show" }] },
    width: 300,
    height: 40,
    mark: { type: "text", align: "left", x: 0 },
    encoding: { text: { field: "text" } },
  });
}

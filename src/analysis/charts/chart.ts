import type { TopLevelSpec } from "vega-lite";
import { THEME } from "./theme.ts";

/** A complete Vega-Lite specification, its data inside. */
export type ChartSpec = TopLevelSpec;

/** What every chart function takes besides its rows. */
export interface ChartText {
  /** Replaces the chart's own title. */
  readonly title?: string;
  /** Replaces the line below the title. */
  readonly subtitle?: string;
}

// JupyterLab and VS Code draw Vega-Lite 5; what the charts use is the same in 6.
const SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";

/** Makes a chart of its parts: data, marks and encodings from the chart, the rest from the theme. */
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

/** A chart of no rows: its title, and that there is nothing to show. */
export function emptyChart(title: string, subtitle?: string): ChartSpec {
  return chart(title, subtitle, {
    data: { values: [{ text: "There is nothing to show" }] },
    width: 300,
    height: 40,
    mark: { type: "text", align: "left", x: 0 },
    encoding: { text: { field: "text" } },
  });
}

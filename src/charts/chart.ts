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

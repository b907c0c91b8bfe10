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

/** The note of a chart without rows. */
export const NO_DATA = "no data to show";

/** The note of a chart of models none of which finds anything. */
export const NO_HITS = "no model's lists have any product that users went on to";

/**
 * A chart that can't be drawn: its title and why.
 *
 * @param note Default: that there is no data.
 */
export function emptyChart(title: string, subtitle?: string, note = NO_DATA): ChartSpec {
  return chart(title, subtitle, {
    usermeta: { note },
    data: { values: [{ text: note }] },
    width: 300,
    height: 40,
    mark: { type: "text", align: "left", x: 0 },
    encoding: { text: { field: "text" } },
  });
}

/** Why a chart can't be drawn, as {@linkcode emptyChart} noted; `undefined` if it can. */
export function emptyNote(spec: ChartSpec): string | undefined {
  return (spec.usermeta as { note?: string } | undefined)?.note;
}

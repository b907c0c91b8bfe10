import * as vega from "vega";
import { compile } from "vega-lite";
import type { ChartSpec } from "./chart.ts";
import { textWidth } from "./text_width.ts";

/** A text to measure, as Vega passes it. */
interface TextItem {
  readonly fontSize?: number;
  /** The width in pixels at which the text is cut off; 0 for none. */
  readonly limit?: number;
}

// Without a canvas, Vega estimates every character as 0.8 of its height, which leaves gaps; the
// estimate can be replaced.
const { textMetrics } = vega as unknown as {
  textMetrics: { width: (item: TextItem, text: unknown) => number };
};
textMetrics.width = ({ fontSize = 11, limit }, text) =>
  Math.min(limit || Infinity, textWidth(String(text ?? "").trim(), fontSize));

/**
 * Draws a chart as SVG, without a browser.
 *
 * @param options `warn`: receives Vega's warnings about the specification; default `console.warn`.
 */
export async function renderSvg(
  spec: ChartSpec,
  { warn = console.warn }: { warn?: (message: string) => void } = {},
): Promise<string> {
  const logger = vega.logger(
    vega.Warn,
    undefined,
    (_method, _level, messages) => warn(messages.join(" ")),
  );
  // Vega tags the rows that it is given, so it gets a copy.
  const compiled = compile(structuredClone(spec), { logger }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logger });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

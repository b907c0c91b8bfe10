import type { ChartSpec } from "../charts/chart.ts";
import type { Html } from "./html.ts";

/**
 * Makes a chart's place on a page: drawn already, or to be drawn by the reader's browser.
 *
 * @param name Read by screen readers; unique on its page.
 */
export type DrawChart = (name: string, spec: ChartSpec) => Html | Promise<Html>;

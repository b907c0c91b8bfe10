import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { priceAxis } from "../price_axis.ts";
import { EVENT_COLORS, EVENT_NAMES, FORMATS } from "../theme.ts";

/** How the prices of one type of event are spread. */
export interface PriceQuantilesRow {
  readonly eventType: string;
  readonly p5: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p95: number;
}

/** The middle and the spread of price by type of event. */
export function priceQuantilesChart(
  rows: readonly PriceQuantilesRow[],
  {
    title = "Price by type of event",
    subtitle = "Line: 5% to 95% of the events; box: 25% to 75%; number: median",
  }: ChartText = {},
): ChartSpec {
  if (rows.length === 0) return emptyChart(title, subtitle);
  const types = Object.keys(EVENT_COLORS);
  const values = rows.map((row) => ({ ...row, type: EVENT_NAMES[row.eventType] ?? row.eventType }));
  const color = {
    field: "type",
    type: "nominal",
    scale: {
      domain: types.map((type) => EVENT_NAMES[type]),
      range: types.map((type) => EVENT_COLORS[type]),
    },
    legend: null,
  };
  return chart(title, subtitle, {
    data: { values },
    width: 520,
    height: { step: 44 },
    encoding: {
      y: {
        field: "type",
        type: "nominal",
        sort: types.map((type) => EVENT_NAMES[type]),
        title: "Type of event",
      },
      x: {
        field: "p5",
        type: "quantitative",
        ...priceAxis(
          Math.min(...rows.map(({ p5 }) => p5)),
          Math.max(...rows.map(({ p95 }) => p95)),
        ),
      },
    },
    layer: [
      { mark: { type: "rule", strokeWidth: 2 }, encoding: { x2: { field: "p95" }, color } },
      {
        mark: { type: "bar", height: { band: .5 } },
        encoding: { x: { field: "p25", type: "quantitative" }, x2: { field: "p75" }, color },
      },
      {
        mark: { type: "tick", color: "black", thickness: 2, height: { band: .5 } },
        encoding: { x: { field: "median", type: "quantitative" } },
      },
      {
        mark: { type: "text", dy: -19 },
        encoding: {
          x: { field: "median", type: "quantitative" },
          text: { field: "median", type: "quantitative", format: FORMATS.price },
        },
      },
    ],
  });
}

import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { eventScale, nominal, quantitative } from "../encodings.ts";
import { priceAxis } from "../price_axis.ts";
import { EVENT_NAMES, FORMATS } from "../theme.ts";

/** Price quantiles of one type of event. */
export interface PriceQuantilesRow {
  readonly eventType: string;
  readonly p5: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p95: number;
}

/** The median and spread of price by type of event. */
export function priceQuantilesChart(
  rows: readonly PriceQuantilesRow[],
  {
    title = "Price by type of event",
    subtitle = "Line: 5% to 95% of the events; box: 25% to 75%; number: median",
  }: ChartText = {},
): ChartSpec {
  if (rows.length === 0) return emptyChart(title, subtitle);
  const values = rows.map((row) => ({ ...row, type: EVENT_NAMES[row.eventType] ?? row.eventType }));
  const color = nominal("type", { scale: eventScale(), legend: null });
  return chart(title, subtitle, {
    data: { values },
    width: 520,
    height: { step: 44 },
    encoding: {
      y: nominal("type", { sort: Object.values(EVENT_NAMES), title: "Type of event" }),
      x: quantitative("p5", {
        ...priceAxis(
          Math.min(...rows.map(({ p5 }) => p5)),
          Math.max(...rows.map(({ p95 }) => p95)),
        ),
      }),
    },
    layer: [
      { mark: { type: "rule", strokeWidth: 2 }, encoding: { x2: { field: "p95" }, color } },
      {
        mark: { type: "bar", height: { band: .5 } },
        encoding: { x: quantitative("p25"), x2: { field: "p75" }, color },
      },
      {
        mark: { type: "tick", color: "black", thickness: 2, height: { band: .5 } },
        encoding: { x: quantitative("median") },
      },
      {
        mark: { type: "text", dy: -19 },
        encoding: {
          x: quantitative("median"),
          text: quantitative("median", { format: FORMATS.price }),
        },
      },
    ],
  });
}

import { chart, type ChartSpec, type ChartText, emptyChart } from "./chart.ts";
import { FORMATS, PALETTE } from "./theme.ts";

/** What one size of data took. */
export interface GrowthRow {
  readonly events: number;
  /** Time of all processors. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

const WIDTH = 300;
const HEIGHT = 240;

/** How time and memory grow with the data, for each million events: a level line where they grow as the data does. */
export function growthChart(
  rows: readonly GrowthRow[],
  {
    title = "How time and memory grow with the data",
    subtitle =
      "For each million events, from raw CSV to an artifact; level or falling: linear or better",
  }: ChartText = {},
): ChartSpec {
  if (rows.length === 0) return emptyChart(title, subtitle);
  const values = rows.map(({ events, cpuSeconds, peakBytes }) => ({
    size: `${Number((events / 1e6).toPrecision(3))}M`,
    events,
    seconds: 1e6 * cpuSeconds / events,
    megabytes: peakBytes / events,
    secondsText: `${(1e6 * cpuSeconds / events).toFixed(1)} s (${cpuSeconds.toFixed(0)} s)`,
    megabytesText: `${(peakBytes / events).toFixed(0)} MB (${(peakBytes / 1e9).toFixed(1)} GB)`,
  }));
  return chart(title, subtitle, {
    data: { values },
    hconcat: [
      panel("seconds", "Seconds of processors for a million (in all)", PALETTE.blue),
      panel("megabytes", "Peak megabytes for a million (in all)", PALETTE.vermilion),
    ],
    spacing: 50,
  });
}

function panel(field: "seconds" | "megabytes", title: string, color: string) {
  return {
    width: WIDTH,
    height: HEIGHT,
    encoding: {
      x: {
        field: "size",
        type: "ordinal",
        sort: { field: "events" },
        title: "Events",
        axis: { labelAngle: 0 },
      },
      y: {
        field,
        type: "quantitative",
        title,
        scale: { zero: true, nice: true },
        axis: { format: FORMATS.axisNumber },
      },
    },
    layer: [
      { mark: { type: "line", color } },
      { mark: { type: "point", color } },
      {
        mark: { type: "text", dy: -14 },
        encoding: { text: { field: `${field}Text`, type: "nominal" } },
      },
    ],
  };
}

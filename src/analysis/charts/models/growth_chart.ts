import { formatMillions } from "../../../base/format.ts";
import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { FORMATS, PALETTE } from "../theme.ts";

/** What one size of data took. */
export interface GrowthRow {
  readonly events: number;
  /** Time of all processors. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

const WIDTH = 300;
const HEIGHT = 220;

/** How time and memory grow with the data, for each million events: level bars where they grow as the data does. */
export function growthChart(
  rows: readonly GrowthRow[],
  {
    title = "How time and memory grow with the data",
    subtitle = "For each million events, from raw CSV to an artifact; below: what all of them take",
  }: ChartText = {},
): ChartSpec {
  if (rows.length === 0) return emptyChart(title, subtitle);
  const bySize = rows.toSorted((a, b) => a.events - b.events);
  const values = bySize.map(({ events, cpuSeconds, peakBytes }) => {
    const size = formatMillions(events);
    return {
      seconds: 1e6 * cpuSeconds / events,
      megabytes: peakBytes / events,
      secondsInAll: `${size}\n${cpuSeconds.toFixed(0)} s`,
      megabytesInAll: `${size}\n${(peakBytes / 1e9).toFixed(1)} GB`,
    };
  });
  return chart(title, subtitle, {
    data: { values },
    hconcat: [
      panel("seconds", "Seconds of processors", { color: PALETTE.blue, format: ".1f" }),
      panel("megabytes", "Peak memory, MB", { color: PALETTE.orange, format: FORMATS.count }),
    ],
    spacing: 50,
  });
}

function panel(
  field: "seconds" | "megabytes",
  title: string,
  { color, format }: { color: string; format: string },
) {
  return {
    width: WIDTH,
    height: HEIGHT,
    encoding: {
      x: {
        field: `${field}InAll`,
        type: "ordinal",
        sort: null,
        title: "Events",
        axis: { labelAngle: 0, labelExpr: "split(datum.value, '\\n')" },
      },
      y: { field, type: "quantitative", title, axis: { format: FORMATS.axisNumber } },
    },
    layer: [
      { mark: { type: "bar", color, width: { band: 0.6 } } },
      {
        mark: { type: "text", dy: -9 },
        encoding: { text: { field, type: "quantitative", format } },
      },
    ],
  };
}

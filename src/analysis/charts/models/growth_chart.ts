import { formatMillions } from "../../../base/format.ts";
import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { MULTILINE_LABELS, NUMBER_AXIS, ordinal, quantitative, valueLabels } from "../encodings.ts";
import { FORMATS, PALETTE } from "../theme.ts";

/** The cost of one size of data. */
export interface GrowthRow {
  readonly events: number;
  /** CPU time of all cores. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

const WIDTH = 300;
const HEIGHT = 220;

/** Time and memory per million events by size of data: level bars mean linear growth. */
export function growthChart(
  rows: readonly GrowthRow[],
  {
    title = "How time and memory grow with the data",
    subtitle = "Per million events, from raw CSV to an artifact; totals below",
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
      panel("seconds", "CPU seconds", { color: PALETTE.blue, format: ".1f" }),
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
      x: ordinal(`${field}InAll`, { sort: null, title: "Events", axis: MULTILINE_LABELS }),
      y: quantitative(field, { title, axis: NUMBER_AXIS }),
    },
    layer: [
      { mark: { type: "bar", color, width: { band: 0.6 } } },
      valueLabels(field, format, { dy: -9 }),
    ],
  };
}

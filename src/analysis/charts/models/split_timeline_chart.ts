import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { dayAxis } from "../day_axis.ts";
import { nominal, quantitative } from "../encodings.ts";
import { PALETTE, SHORT_COUNTS } from "../theme.ts";

/** The events of one day that belong to one part of the split. */
export interface TimelineDay {
  /** `2019-10-31`. */
  readonly date: string;
  /** `train`, `validation` or `test`. */
  readonly part: string;
  readonly events: number;
}

const PARTS = ["train", "validation", "test"];

/** The split as a timeline: each day's events in the colour of their part. */
export function splitTimelineChart(
  days: readonly TimelineDay[],
  {
    title = "Train on the past, test on what came next",
    subtitle = "Events per day, UTC; models never see anything later than their training data",
  }: ChartText = {},
): ChartSpec {
  if (days.length === 0) return emptyChart(title, subtitle);
  if (new Set(days.map(({ date }) => date)).size === 1) {
    return emptyChart(title, subtitle, "all events are of one day");
  }
  return chart(title, subtitle, {
    data: { values: days },
    width: 560,
    height: 200,
    mark: { type: "bar", width: { band: .85 }, tooltip: { content: "data" } },
    encoding: {
      x: {
        field: "date",
        type: "temporal",
        ...dayAxis(days.map(({ date }) => date)),
      },
      y: quantitative("events", { title: "Events", axis: SHORT_COUNTS }),
      color: nominal("part", {
        title: null,
        scale: { domain: PARTS, range: [PALETTE.blue, PALETTE.orange, PALETTE.vermilion] },
      }),
    },
  });
}

import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { dayAxis } from "../day_axis.ts";
import { PALETTE, SHORT_COUNTS } from "../theme.ts";

/** The events of one day, and the part of the split in which the day, or its share of it, lies. */
export interface TimelineDay {
  /** `2019-10-31`. */
  readonly date: string;
  /** `train`, `validation` or `test`. */
  readonly part: string;
  readonly events: number;
}

const PARTS = ["train", "validation", "test"];

/** The split drawn on a time line: the events of each day in the colour of their part. */
export function splitTimelineChart(
  days: readonly TimelineDay[],
  {
    title = "Train on the past, test on what came next",
    subtitle = "Events per day, UTC; models never see anything later than what they are fitted to",
  }: ChartText = {},
): ChartSpec {
  if (days.length === 0) return emptyChart(title, subtitle);
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
      y: {
        field: "events",
        type: "quantitative",
        title: "Events",
        axis: SHORT_COUNTS,
      },
      color: {
        field: "part",
        type: "nominal",
        title: null,
        scale: { domain: PARTS, range: [PALETTE.blue, PALETTE.orange, PALETTE.vermilion] },
      },
    },
  });
}

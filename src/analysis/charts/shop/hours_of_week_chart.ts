import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { LEVEL_LABELS, ordinal, quantitative } from "../encodings.ts";

/** The events of one hour of the week. */
export interface HourCell {
  /** 1 Monday to 7 Sunday. */
  readonly dayOfWeek: number;
  /** 0 to 23, UTC. */
  readonly hour: number;
  /** Mean number of events in this hour, over all such hours; NaN if the data covers none. */
  readonly eventsPerHour: number;
}

/** The colour of hours that the data doesn't cover: no shade of the scale. */
const UNCOVERED = "#E4E4E4";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** When people shop: a heat map of hours and days of the week. */
export function hoursOfWeekChart(
  hours: readonly HourCell[],
  {
    title = "When people shop",
    subtitle = "Mean events per hour, by day of the week, UTC; grey: not in the data",
  }: ChartText = {},
): ChartSpec {
  if (!hours.some(({ eventsPerHour }) => eventsPerHour >= 0)) return emptyChart(title, subtitle);
  const values = hours.map((cell) => ({ ...cell, day: DAYS[cell.dayOfWeek - 1] }));
  return chart(title, subtitle, {
    data: { values },
    width: { step: 22 },
    height: { step: 26 },
    encoding: {
      x: ordinal("hour", { title: "Hour (UTC)", axis: LEVEL_LABELS }),
      y: ordinal("day", { sort: DAYS, title: "Day" }),
    },
    layer: [
      { mark: { type: "rect", color: UNCOVERED } },
      {
        transform: [{ filter: "isValid(datum.eventsPerHour)" }],
        mark: { type: "rect", tooltip: { content: "data" } },
        encoding: {
          color: quantitative("eventsPerHour", {
            title: "Events",
            scale: { scheme: "viridis", zero: true },
            legend: { format: ",.0f", gradientLength: 150, tickCount: 4 },
          }),
        },
      },
    ],
  });
}

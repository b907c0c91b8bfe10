import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { LEVEL_LABELS, ordinal, quantitative } from "../encodings.ts";

/** The events of one hour of the week. */
export interface HourCell {
  /** 1 Monday to 7 Sunday. */
  readonly dayOfWeek: number;
  /** 0 to 23, UTC. */
  readonly hour: number;
  /** Mean number of events in this hour, over all such days of the week. */
  readonly eventsPerDay: number;
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** When people shop: a heat map of hours and days of the week. */
export function hoursOfWeekChart(
  hours: readonly HourCell[],
  { title = "When people shop", subtitle = "Mean events per hour, by day of the week, UTC" }:
    ChartText = {},
): ChartSpec {
  if (hours.length === 0) return emptyChart(title, subtitle);
  return chart(title, subtitle, {
    data: { values: hours.map((cell) => ({ ...cell, day: DAYS[cell.dayOfWeek - 1] })) },
    width: { step: 22 },
    height: { step: 26 },
    mark: { type: "rect", tooltip: { content: "data" } },
    encoding: {
      x: ordinal("hour", { title: "Hour (UTC)", axis: LEVEL_LABELS }),
      y: ordinal("day", { sort: DAYS, title: "Day" }),
      color: quantitative("eventsPerDay", {
        title: "Events",
        scale: { scheme: "viridis", zero: true },
        legend: { format: ",.0f", gradientLength: 150, tickCount: 4 },
      }),
    },
  });
}

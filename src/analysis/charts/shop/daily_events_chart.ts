import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { dayAxis } from "../day_axis.ts";
import { eventScale, nominal, quantitative } from "../encodings.ts";
import { EVENT_NAMES, SHORT_COUNTS } from "../theme.ts";

/** The events of one day. */
export interface DayRow {
  /** `2019-10-31`. */
  readonly date: string;
  readonly views: number;
  readonly carts: number;
  readonly removals: number;
  readonly purchases: number;
}

const FIELDS = {
  views: "view",
  carts: "cart",
  removals: "remove_from_cart",
  purchases: "purchase",
};

/** Events per day, one line per type. */
export function dailyEventsChart(
  days: readonly DayRow[],
  { title = "Events per day", subtitle = "UTC" }: ChartText = {},
): ChartSpec {
  if (days.length === 0) return emptyChart(title, subtitle);
  const values = days.flatMap((day) =>
    Object.entries(FIELDS).map(([field, type]) => ({
      date: day.date,
      type: EVENT_NAMES[type],
      events: day[field as keyof typeof FIELDS],
    }))
  );
  const types = Object.values(FIELDS);
  return chart(title, subtitle, {
    data: { values },
    width: 560,
    height: 240,
    mark: "line",
    encoding: {
      x: {
        field: "date",
        type: "temporal",
        ...dayAxis(days.map(({ date }) => date)),
      },
      y: quantitative("events", { title: "Events", axis: SHORT_COUNTS }),
      color: nominal("type", { title: null, scale: eventScale(types) }),
    },
  });
}

import { chart, type ChartSpec, type ChartText, emptyChart } from "../chart.ts";
import { dayAxis, everyDay } from "../day_axis.ts";
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

const FIELDS = [
  ["views", "view"],
  ["carts", "cart"],
  ["removals", "remove_from_cart"],
  ["purchases", "purchase"],
] as const;

/** Events per day, one line per type that occurs; broken where days have no events. */
export function dailyEventsChart(
  days: readonly DayRow[],
  { title = "Events per day", subtitle = "UTC" }: ChartText = {},
): ChartSpec {
  if (days.length === 0) return emptyChart(title, subtitle);
  if (days.length === 1) return emptyChart(title, subtitle, "all events are of one day");
  const byDate = new Map(days.map((day) => [day.date, day]));
  const dates = everyDay(days.map(({ date }) => date));
  const fields = FIELDS.filter(([field]) => days.some((day) => day[field] > 0));
  const values = dates.flatMap((date) =>
    fields.map(([field, type]) => ({
      date,
      type: EVENT_NAMES[type],
      events: byDate.get(date)?.[field] ?? null,
    }))
  );
  const types = fields.map(([, type]) => type);
  return chart(title, subtitle, {
    data: { values },
    width: 560,
    height: 240,
    // A day between two without events has no line, only its point.
    mark: { type: "line", point: dates.length > days.length && { size: 25 } },
    encoding: {
      x: {
        field: "date",
        type: "temporal",
        ...dayAxis(dates),
      },
      y: quantitative("events", { title: "Events", axis: SHORT_COUNTS }),
      color: nominal("type", { title: null, scale: eventScale(types) }),
    },
  });
}

/** Cleaned events written by hand, with the columns of cleaned events. */
import pl from "nodejs-polars";
import { ENGINEERED_COLUMNS, TIME_TYPE } from "../../src/events/tables/schema.ts";

/** One event; fields irrelevant to a test have defaults. */
export interface HandMadeEvent {
  /** `2019-10-31 23:59:50`, UTC. */
  readonly at: string;
  readonly type: "view" | "cart" | "remove_from_cart" | "purchase";
  readonly user?: number;
  readonly session?: string;
  readonly product?: number;
  readonly category?: number;
  readonly path?: string;
  readonly brand?: string;
  readonly price?: number;
}

/** The ratings that cleaning assigns, apart from cancelled carts. */
const RATINGS = { view: 1, cart: 2, remove_from_cart: 0, purchase: 4 };

/** Creates a table of cleaned events. */
export function cleanedEvents(events: readonly HandMadeEvent[]): pl.LazyDataFrame {
  const times = events.map(({ at }) => new Date(`${at.replace(" ", "T")}Z`));
  const text = (name: string, values: string[]): pl.Series => pl.Series(name, values, pl.Utf8);
  const whole = (name: string, values: number[]): pl.Series =>
    pl.Series(name, values, pl.Float64).cast(pl.Int64, true);
  const columns = [
    whole("event_time", times.map(Number)),
    text("event_type", events.map(({ type }) => type)),
    whole("product_id", events.map(({ product = 1 }) => product)),
    whole("category_id", events.map(({ category = 1 }) => category)),
    text("category_code", events.map(({ path = "unknown" }) => path)),
    text("brand", events.map(({ brand = "unknown" }) => brand)),
    pl.Series("price", events.map(({ price = 1 }) => price), pl.Float64),
    whole("user_id", events.map(({ user = 1 }) => user)),
    text("user_session", events.map(({ user = 1, session = `of ${user}` }) => session)),
    whole("rating", events.map(({ type }) => RATINGS[type])),
    whole("day_of_week", times.map((time) => time.getUTCDay() || 7)),
    whole("hour", times.map((time) => time.getUTCHours())),
  ];
  return pl.DataFrame(columns).lazy()
    .withColumns(
      pl.col("event_time").mul(1000).cast(pl.Int64, true).cast(TIME_TYPE, true),
      ...Object.entries(ENGINEERED_COLUMNS).map(([name, type]) => pl.col(name).cast(type, true)),
    );
}

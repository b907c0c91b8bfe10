import pl from "nodejs-polars";
import { sum } from "../../base/statistics.ts";
import { collectRecords, epochDay, isType } from "../../events/tables/expressions.ts";
import { type EventsProfile, type Quartiles, TYPES } from "./events_profile.ts";
import { byType, collectFigures, share } from "./figures.ts";

type RowFigures = Pick<
  EventsProfile,
  | "rows"
  | "eventShares"
  | "missingShares"
  | "zeroPriceShare"
  | "negativePriceShare"
  | "meanPrice"
  | "priceQuartiles"
>;
type PopularityFigures = Pick<EventsProfile, "topTenPurchaseShare" | "topFiveBrandShare">;
type TimeFigures = Pick<EventsProfile, "hours" | "weekdays">;

const quartiles = (price: pl.Expr, name: string): pl.Expr[] =>
  [0.25, 0.5, 0.75].map((q) => price.quantile(q, "linear").alias(`${name}${q}`));

/** Figures of rows: types, missing values, prices. */
export async function profileRows(events: pl.LazyDataFrame): Promise<RowFigures> {
  const price = pl.col("price");
  const figure = await collectFigures(events.select(
    pl.len().alias("rows"),
    ...TYPES.map((type) => share(isType(type), type)),
    ...["brand", "category_code", "user_session"].map((name) => share(pl.col(name).isNull(), name)),
    share(price.eq(0), "zero"),
    share(price.lt(0), "negative"),
    price.mean().alias("meanPrice"),
    ...quartiles(price, "all"),
    ...TYPES.flatMap((type) => quartiles(price.filter(isType(type)), type)),
  ));
  const quartilesOf = (name: string): Quartiles => [
    figure(`${name}0.25`),
    figure(`${name}0.5`),
    figure(`${name}0.75`),
  ];
  return {
    rows: figure("rows"),
    eventShares: byType(figure),
    missingShares: {
      brand: figure("brand"),
      category_code: figure("category_code"),
      user_session: figure("user_session"),
    },
    zeroPriceShare: figure("zero"),
    negativePriceShare: figure("negative"),
    meanPrice: figure("meanPrice"),
    priceQuartiles: { all: quartilesOf("all"), ...byType(quartilesOf) },
  };
}

/** The shares of the most popular products and brands. */
export async function profilePopularity(events: pl.LazyDataFrame): Promise<PopularityFigures> {
  return {
    topTenPurchaseShare: await headShare(events.filter(isType("purchase")), "product_id", 10),
    topFiveBrandShare: await headShare(events, "brand", 5),
  };
}

/** The distribution of views over hours and days of the week. */
export async function profileViews(events: pl.LazyDataFrame): Promise<TimeFigures> {
  const rows = await collectRecords<{ day: number; hour: number; views: number }>(
    events
      .filter(isType("view"))
      .groupBy([epochDay().alias("day"), pl.col("event_time").dt.hour().alias("hour")], false)
      .agg(pl.len().alias("views")),
  );
  const hours = new Array<number>(24).fill(0);
  const weekdays = new Array<number>(7).fill(0);
  const dates = Array.from({ length: 7 }, () => new Set<number>());
  for (const { day, hour, views } of rows) {
    // Monday is 0; 1970 began on a Thursday.
    const weekday = (day + 3) % 7;
    hours[hour] += views;
    weekdays[weekday] += views;
    dates[weekday].add(day);
  }
  return {
    hours: shares(hours),
    weekdays: shares(weekdays.map((views, weekday) => views / Math.max(1, dates[weekday].size))),
  };
}

/** The share of rows with a column's most frequent values, among rows that have one. */
async function headShare(
  events: pl.LazyDataFrame,
  column: string,
  count: number,
): Promise<number> {
  const counts = await collectRecords<{ value: unknown; rows: number }>(
    events
      .groupBy([pl.col(column).alias("value")], false)
      .agg(pl.len().alias("rows"))
      .sort("rows", true),
  );
  const sum = (rows: typeof counts) => rows.reduce((total, row) => total + row.rows, 0);
  return sum(counts.filter(({ value }) => value !== null).slice(0, count)) / sum(counts);
}

function shares(values: readonly number[]): number[] {
  const total = sum(values);
  return values.map((value) => value / total);
}

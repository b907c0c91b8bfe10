import pl from "nodejs-polars";
import { UNKNOWN } from "../interactions/catalogue.ts";
import { EVENT_WEIGHTS } from "../interactions/event_weights.ts";
import { findCancelledCarts } from "./cart_removals.ts";
import { type CleanReport, toSteps } from "./clean_report.ts";
import { markDuplicates } from "./duplicates.ts";
import { isType } from "./expressions.ts";
import { countWhere, flagRows } from "./frames.ts";
import { CLEAN_COLUMNS, EVENT_TYPES, REMOVAL } from "./schema.ts";
import { deriveSessions } from "./sessions.ts";

/** How to clean. */
export interface CleanOptions {
  /** Users with more events than this are taken for bots and left out; default: nobody is. */
  readonly maxEventsPerUser?: number;
}

/** Cleaned events, in the columns that `schema.ts` describes, and what was done to get them. */
export interface CleanedEvents {
  readonly events: pl.DataFrame;
  readonly report: CleanReport;
}

/**
 * Cleans events. Cleaning what has been cleaned before changes nothing.
 *
 * @param raw What `readEvents()` gives: typed columns, rows in the order of time.
 */
export function cleanEvents(
  raw: { readonly events: pl.DataFrame; readonly rejects?: readonly unknown[] },
  { maxEventsPerUser = Infinity }: CleanOptions = {},
): CleanedEvents {
  const rejected = raw.rejects?.length ?? 0;
  const { events: valid, removals } = dropInvalid(fillUnknown(raw.events));
  const sessionsDerived = valid.getColumn("user_session").nullCount();
  const { events: human, bots } = dropBots(deriveSessions(valid), maxEventsPerUser);
  const cancelled = findCancelledCarts(human);
  const events = addColumns(human, cancelled);
  const rowsIn = raw.events.height + rejected;
  const report: CleanReport = {
    rowsIn,
    steps: toSteps(rowsIn, [
      { step: "malformed rows", removed: rejected },
      ...removals,
      ...(maxEventsPerUser < Infinity
        ? [{
          step: `users with more than ${maxEventsPerUser} events`,
          removed: valid.height - human.height,
        }]
        : []),
    ]),
    rowsOut: events.height,
    zeroPrices: countWhere(events, pl.col("price").eq(0)),
    unknownBrands: countWhere(events, pl.col("brand").eq(pl.lit(UNKNOWN))),
    unknownCategories: countWhere(events, pl.col("category_code").eq(pl.lit(UNKNOWN))),
    sessionsDerived,
    removals: countWhere(events, isType(REMOVAL)),
    cartsCancelled: cancelled.length,
    bots,
  };
  return { events, report };
}

function fillUnknown(events: pl.DataFrame): pl.DataFrame {
  return events.withColumns(
    pl.col("brand").fillNull(pl.lit(UNKNOWN)),
    pl.col("category_code").fillNull(pl.lit(UNKNOWN)),
  );
}

/** Drops the rows that break a rule, each counted under the first that it breaks. */
function dropInvalid(events: pl.DataFrame) {
  const price = pl.col("price");
  const rules: readonly { step: string; broken: pl.Expr }[] = [
    { step: "exact duplicates", broken: pl.col("duplicate") },
    {
      step: "unknown event types",
      broken: pl.col("event_type").isIn([...EVENT_TYPES]).not().fillNull(true),
    },
    {
      step: "rows without time, product or user",
      broken: pl.col("event_time").isNull().or(pl.col("product_id").isNull())
        .or(pl.col("user_id").isNull()),
    },
    {
      step: "prices that are negative or not numbers",
      broken: price.gtEq(0).and(price.isFinite()).not().fillNull(true),
    },
  ];
  const broken = rules.reduceRight(
    (later: pl.Expr, { broken }, index) => pl.when(broken).then(pl.lit(index)).otherwise(later),
    pl.lit(rules.length),
  ).cast(pl.UInt8, true);
  const ruled = events
    .withColumns(markDuplicates(events))
    .withColumns(broken.alias("broken"))
    .drop("duplicate");
  const removals = rules.map(({ step }, index) => ({
    step,
    removed: countWhere(ruled, pl.col("broken").eq(index)),
  }));
  const valid = ruled.lazy().filter(pl.col("broken").eq(rules.length)).drop("broken").collectSync();
  return { events: valid, removals };
}

function dropBots(events: pl.DataFrame, maxEventsPerUser: number) {
  if (maxEventsPerUser === Infinity) return { events, bots: 0 };
  const bots = events.lazy()
    .groupBy(["user_id"])
    .agg(pl.len().alias("events"))
    .filter(pl.col("events").gt(maxEventsPerUser))
    .collectSync();
  return {
    events: events.join(bots, { on: "user_id", how: "anti" }),
    bots: bots.height,
  };
}

/** Adds the rating, the day of the week and the hour; a rating that is there already stays. */
function addColumns(events: pl.DataFrame, cancelledCarts: Uint32Array): pl.DataFrame {
  const weight = Object.entries(EVENT_WEIGHTS).reduce(
    (others: pl.Expr, [type, weight]) =>
      pl.when(isType(type)).then(pl.lit(weight)).otherwise(others),
    pl.lit(0),
  );
  const rating = events.columns.includes("rating")
    ? pl.col("rating")
    : pl.when(pl.col("cancelled")).then(pl.lit(0)).otherwise(weight).cast(pl.Float32, true);
  const time = pl.col("event_time").dt;
  const full = events
    .withColumns(flagRows("cancelled", cancelledCarts, events.height))
    .withColumns(
      rating.alias("rating"),
      time.weekday().cast(pl.UInt8, true).alias("day_of_week"),
      time.hour().cast(pl.UInt8, true).alias("hour"),
    );
  return full.select(...CLEAN_COLUMNS.filter((name) => full.columns.includes(name)));
}

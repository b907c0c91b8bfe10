import pl from "nodejs-polars";
import { findDuplicates } from "../../events/clean/duplicates.ts";
import { isType } from "../../events/tables/expressions.ts";
import { SESSION_KEY, TIME_TYPE } from "../../events/tables/schema.ts";
import { type EventsProfile, type Spread, TYPES } from "./events_profile.ts";
import { byType, collectFigures, share } from "./figures.ts";

type UserFigures = Pick<
  EventsProfile,
  "users" | "sessionsPerUser" | "productsPerUser" | "buyerShare"
>;
type SessionFigures = Pick<
  EventsProfile,
  "sessions" | "funnel" | "sessionMeans" | "buyingSessionMeans" | "sessionMinutes"
>;

const SESSION = pl.col("user_session");
const SECONDS = pl.col("seconds");

/**
 * The events without exact duplicates; times as `seconds` since 1970-01-01 UTC, sessions as 64-bit
 * hashes, which group much faster; a collision among ten million sessions has a probability of
 * 3e-6.
 */
export function distinctEvents(events: pl.DataFrame): pl.DataFrame {
  const hash = SESSION.hash(0, 1, 2, 3);
  const session = pl.when(SESSION.isNotNull()).then(hash).otherwise(pl.lit(null));
  return events
    .filter(findDuplicates(events).not())
    .select(
      seconds(pl.col("event_time")).alias("seconds"),
      pl.col("event_type"),
      pl.col("product_id"),
      pl.col("user_id"),
      session.alias("user_session"),
    );
}

/** The events that have a session. */
export function withSession(events: pl.LazyDataFrame): pl.LazyDataFrame {
  return events.filter(SESSION.isNotNull());
}

/** Figures of users, from distinct events (see {@linkcode distinctEvents}). */
export async function profileUsers(events: pl.LazyDataFrame): Promise<UserFigures> {
  const spread = (name: string): pl.Expr[] => [
    pl.col(name).mean().alias(`${name} mean`),
    pl.col(name).median().alias(`${name} median`),
    pl.col(name).quantile(0.75, "linear").alias(`${name} p75`),
  ];
  const figure = await collectFigures(
    events
      .groupBy(["user_id"], false)
      .agg(
        SESSION.dropNulls().nUnique().alias("sessions"),
        pl.col("product_id").nUnique().alias("products"),
        isType("purchase").any().alias("buys"),
      )
      .select(
        pl.len().alias("users"),
        ...spread("sessions"),
        ...spread("products"),
        share(pl.col("buys"), "buyers"),
      ),
  );
  const spreadOf = (name: string): Spread => ({
    mean: figure(`${name} mean`),
    median: figure(`${name} median`),
    p75: figure(`${name} p75`),
  });
  return {
    users: figure("users"),
    sessionsPerUser: spreadOf("sessions"),
    productsPerUser: spreadOf("products"),
    buyerShare: figure("buyers"),
  };
}

/** Figures of sessions, from distinct events that have a session. */
export async function profileSessions(events: pl.LazyDataFrame): Promise<SessionFigures> {
  const buys = pl.col("purchase").gt(0);
  const minutes = SECONDS.div(60);
  const figure = await collectFigures(
    events
      .groupBy([...SESSION_KEY], false)
      .agg(
        ...TYPES.map((type) => isType(type).sum().alias(type)),
        pl.len().alias("events"),
        pl.col("product_id").nUnique().alias("products"),
        SECONDS.max().sub(SECONDS.min()).alias("seconds"),
      )
      .select(
        pl.len().alias("sessions"),
        ...TYPES.map((type) => share(pl.col(type).gt(0), `with ${type}`)),
        share(pl.col("view").eq(pl.col("events")), "viewOnly"),
        ...[...TYPES, "products"].map((name) => pl.col(name).mean().alias(`mean ${name}`)),
        ...["cart", "products"].map((name) =>
          pl.col(name).filter(buys).mean().alias(`buying ${name}`)
        ),
        minutes.median().alias("median"),
        minutes.quantile(0.95, "linear").alias("p95"),
        share(minutes.gt(24 * 60), "overADay"),
      ),
  );
  return {
    sessions: figure("sessions"),
    funnel: { ...byType((type) => figure(`with ${type}`)), viewOnly: figure("viewOnly") },
    sessionMeans: {
      ...byType((type) => figure(`mean ${type}`)),
      products: figure("mean products"),
    },
    buyingSessionMeans: { cart: figure("buying cart"), products: figure("buying products") },
    sessionMinutes: {
      median: figure("median"),
      p95: figure("p95"),
      overADayShare: figure("overADay"),
    },
  };
}

/** The time between a session's events, from distinct events that have a session. */
export async function profileGaps(events: pl.LazyDataFrame): Promise<EventsProfile["gapSeconds"]> {
  const previous = (name: string): pl.Expr => pl.col(name).shift(1);
  const gap = pl.col("gap");
  const figure = await collectFigures(
    events
      .select(...SESSION_KEY, SECONDS)
      .sort([...SESSION_KEY, "seconds"])
      .select(
        SECONDS.sub(previous("seconds")).alias("gap"),
        SESSION_KEY.map((name) => pl.col(name).eq(previous(name)))
          .reduce((all, one) => all.and(one)).alias("same"),
      )
      .filter(pl.col("same"))
      .select(
        gap.median().alias("median"),
        gap.quantile(0.9, "linear").alias("p90"),
        gap.quantile(0.99, "linear").alias("p99"),
      ),
  );
  return { median: figure("median"), p90: figure("p90"), p99: figure("p99") };
}

/** Seconds since 1970-01-01 UTC. */
function seconds(time: pl.Expr): pl.Expr {
  return time.cast(TIME_TYPE, true).cast(pl.Int64, true).cast(pl.Float64, true).div(1e6);
}

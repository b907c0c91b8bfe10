import pl from "nodejs-polars";
import { UNKNOWN } from "../interactions/catalogue.ts";
import { sumEventCounts } from "./clean/excluded_users.ts";
import type { OpenedEvents } from "./loaded_events.ts";
import { countEach } from "./tables/frames.ts";
import { releaseFrames } from "./tables/release_frames.ts";

/** Figures of cleaned events, to check before anything is trained on them. */
export interface EventsSummary {
  /** The number of kept events by type. */
  readonly types: Readonly<Record<string, number>>;
  readonly users: number;
  readonly products: number;
  /** The first and the last time. */
  readonly from: Date;
  readonly to: Date;
  /** Kept events with a price, brand and category. */
  readonly known: Readonly<Record<"price" | "brand" | "category", number>>;
  /** The number of rejected rows by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Users who may be bots, by their number of events; absent if there are none. */
  readonly heavy?: HeavyUsers;
}

/** Users with many events. */
export interface HeavyUsers {
  readonly users: number;
  /** The number of their events. */
  readonly events: number;
  /** They have more events than this each. */
  readonly limit: number;
}

/** Heavy users have more events than this, and than this multiple of the average. */
const HEAVY = { events: 500, timesAverage: 50 };

const count = (): pl.Expr => pl.len().cast(pl.Float64, true).alias("events");

/** Sums up cleaned events, a piece at a time. */
export async function summarise(
  { pieces, rejects }: Pick<OpenedEvents, "pieces" | "rejects">,
): Promise<EventsSummary> {
  const types = new Map<string, number>();
  const known = { price: 0, brand: 0, category: 0 };
  const users: pl.DataFrame[] = [];
  const products: pl.DataFrame[] = [];
  let [from, to] = [Infinity, -Infinity];
  for (const piece of pieces) {
    const events = piece
      .select(
        "event_time",
        "event_type",
        "product_id",
        "user_id",
        "price",
        "brand",
        "category_code",
      )
      .collectSync();
    if (events.height === 0) continue;
    const byType = events.groupBy("event_type").agg(count()).toRecords();
    for (const { event_type, events } of byType as { event_type: string; events: number }[]) {
      types.set(event_type, (types.get(event_type) ?? 0) + events);
    }
    users.push(events.groupBy("user_id").agg(count()));
    products.push(events.select(pl.col("product_id").unique()));
    const isKnown = (name: string) => pl.col(name).neq(pl.lit(UNKNOWN));
    const counts = countEach(events, {
      price: pl.col("price").gt(0),
      brand: isKnown("brand"),
      category: isKnown("category_code"),
    });
    for (const name of Object.keys(known) as (keyof typeof known)[]) known[name] += counts[name];
    const ms = pl.col("event_time").cast(pl.Datetime("ms"), true).cast(pl.Int64, true);
    const span = events.select(
      ms.min().cast(pl.Float64, true).alias("from"),
      ms.max().cast(pl.Float64, true).alias("to"),
    );
    from = Math.min(from, span.getColumn("from").get(0));
    to = Math.max(to, span.getColumn("to").get(0));
    await releaseFrames(events.height);
  }
  const byUser = sumEventCounts(users);
  const heavy = findHeavy(byUser);
  return {
    types: Object.fromEntries([...types].sort(([, a], [, b]) => b - a)),
    users: byUser.height,
    products: pl.concat(products).unique().height,
    from: new Date(from),
    to: new Date(to),
    known,
    rejected: Object.fromEntries(
      Array.from(Map.groupBy(rejects, ({ reason }) => reason), ([reason, { length }]) => [
        reason,
        length,
      ]),
    ),
    ...(heavy && { heavy }),
  };
}

function findHeavy(byUser: pl.DataFrame): HeavyUsers | undefined {
  const total = byUser.getColumn("events").sum();
  const average = HEAVY.timesAverage * total / byUser.height;
  const limit = Math.max(HEAVY.events, Math.ceil(average));
  const heavy = byUser.filter(pl.col("events").gt(limit));
  return heavy.height === 0
    ? undefined
    : { users: heavy.height, events: heavy.getColumn("events").sum(), limit };
}

import type { MakeSource, UserEvents } from "../../histories/write_shards.ts";
import { ORDER } from "../clean/clean_query.ts";
import { ROWS_AT_ONCE } from "../clean/fetch_cleaned.ts";
import type { SparkSession } from "../connect/session.ts";
import { inRangeSql, type PartRange, partRanges } from "../read/keep_events.ts";
import { INTEREST } from "../statistics/ratings_query.ts";

const ATTEMPTED = "write histories";

/** What histories on a cluster are made from. */
export interface ClusterHistories {
  /** The session with the table {@linkcode INTEREST}. */
  readonly spark: Pick<SparkSession, "columnBatches" | "rows">;
  /** Number of items. */
  readonly items: number;
  /** The times of all events, ascending, in seconds. */
  readonly times: Uint32Array;
  /** About how many events a query brings. Default {@linkcode ROWS_AT_ONCE}. */
  readonly rowsAtOnce?: number;
}

/** Some events, in parallel columns. */
interface EventBatch {
  readonly userId: readonly string[];
  readonly item: Int32Array;
  readonly weight: Float32Array;
  readonly time: Float64Array;
  readonly [name: string]: readonly string[] | Int32Array | Float32Array | Float64Array;
}

/**
 * Everybody's histories on a cluster: their events come to this machine in the order of the digests
 * of users' ids, so that it holds one user and one batch at a time. The server holds a query's
 * result, so a query brings the users of one range of digests.
 */
export function clusterHistories(
  { spark, items, times, rowsAtOnce = ROWS_AT_ONCE }: ClusterHistories,
): MakeSource {
  async function* batches(): AsyncGenerator<EventBatch> {
    for (const range of partRanges(times.length, rowsAtOnce)) {
      yield* spark.columnBatches<EventBatch>(ATTEMPTED, eventsQuery(range));
    }
  }
  return async (until) => {
    const weights = await spark.rows<{ weight: number }>(
      ATTEMPTED,
      `SELECT DISTINCT weight FROM ${INTEREST}`,
    );
    return {
      coding: {
        weights: Float32Array.from(weights, ({ weight }) => weight).sort(),
        first: times[0],
      },
      items,
      latest: times.findLast((time) => time <= until) ?? -Infinity,
      users: groupUsers(batches()),
    };
  };
}

function eventsQuery(range: PartRange): string {
  return `SELECT CAST(user_id AS STRING) AS userId, CAST(item AS INT) AS item, weight,
CAST(time AS DOUBLE) AS time
FROM ${INTEREST} WHERE ${inRangeSql(range)}
ORDER BY sha2(CAST(user_id AS STRING), 256), event_time, ${ORDER.join(", ")}`;
}

/** Events whose users follow each other, by user; a user may go on in the next batch. */
async function* groupUsers(batches: AsyncIterable<EventBatch>): AsyncGenerator<UserEvents> {
  let userId: string | undefined;
  let events: { items: number[]; weights: number[]; times: number[] } = noEvents();
  for await (const batch of batches) {
    for (let row = 0; row < batch.userId.length; row++) {
      if (batch.userId[row] !== userId) {
        if (userId !== undefined) yield userEvents(userId, events);
        userId = batch.userId[row];
        events = noEvents();
      }
      events.items.push(batch.item[row]);
      events.weights.push(batch.weight[row]);
      events.times.push(batch.time[row]);
    }
  }
  if (userId !== undefined) yield userEvents(userId, events);
}

function noEvents() {
  return { items: [], weights: [], times: [] };
}

function userEvents(
  userId: string,
  { items, weights, times }: Record<"items" | "weights" | "times", number[]>,
): UserEvents {
  return {
    userId,
    events: {
      items: Uint32Array.from(items),
      weights: Float32Array.from(weights),
      times: Uint32Array.from(times),
    },
    span: { start: 0, end: items.length },
  };
}

import pl from "nodejs-polars";
import { formatCounted } from "../base/format.ts";
import { InputError } from "../base/input_error.ts";
import { IdMap } from "../interactions/id_map.ts";
import type { ShopInteractions } from "../interactions/interactions.ts";
import { numberSessions } from "../interactions/number_sessions.ts";
import { createPlacer } from "../interactions/place_by_user.ts";
import { catalogueOf } from "./catalogue.ts";
import { countInterest } from "./count_interest.ts";
import { hashOf, toNumbers } from "./tables/frames.ts";
import { SESSION_KEY } from "./tables/schema.ts";
import { releaseFrames } from "./tables/release_frames.ts";

/** The rows that are in memory at a time, in about 0.2 GB. */
const CHUNK_ROWS = 1 << 20;

/**
 * Turns cleaned events into interactions: every event with a rating above 0, in time order. Users
 * are numbered in the order of their ids (integers by value, text by code point), products in the
 * order of their first events: ties of scores, which go to the lower number, don't depend on ids.
 *
 * Events are read twice, a million at a time: first to count those of each user, then to put each
 * where its user's events are. Beside the result, with 16 bytes per event, that takes 8 bytes per
 * event for the keys of sessions.
 *
 * @param events Cleaned events, with the columns that `schema.ts` describes: a table, or pieces in
 * time order.
 * @throws {InputError} If no event has a rating above 0.
 */
export async function toInteractions(
  events: pl.DataFrame | readonly pl.LazyDataFrame[],
  { chunkRows = CHUNK_ROWS }: { chunkRows?: number } = {},
): Promise<ShopInteractions> {
  const pieces: readonly pl.LazyDataFrame[] = events instanceof Array ? events : [events.lazy()];
  const { chunks, rows } = inChunks(pieces, chunkRows);
  const { users, products, counts } = await countInterest(chunks);
  const indptr = new Uint32Array(counts.length + 1);
  counts.forEach((count, user) => indptr[user + 1] = indptr[user] + count);
  const size = indptr[counts.length];
  if (size === 0) {
    throw new InputError(
      `Cannot make interactions of ${formatCounted(rows, "event")}: at least one must be a view, ` +
        "a purchase or a cart that isn't cancelled",
    );
  }
  const userIds = idMap(users);
  const { add, sessions, ...placed } = createPlacer({ indptr, userIds }, new Float64Array(size));
  for (const chunk of chunks) {
    const events = readPositive(chunk);
    add({
      users: numbersOf(events, users),
      items: numbersOf(events, products),
      weights: toNumbers(events, "rating"),
      times: toNumbers(events, "time"),
      sessions: toNumbers<Float64Array>(events, "session"),
    });
    await releaseFrames(events.height);
  }
  return {
    ...{ userIds, itemIds: idMap(products), indptr, ...placed },
    sessions: numberSessions(indptr, sessions),
    catalogue: await catalogueOf(chunks, products),
  };
}

/** Cuts pieces into chunks, each of at most the given number of rows. */
function inChunks(
  pieces: readonly pl.LazyDataFrame[],
  most: number,
): { chunks: readonly pl.LazyDataFrame[]; rows: number } {
  const sizes = pieces.map((piece) =>
    piece.select(pl.len().alias("rows")).collectSync().getColumn("rows").get(0) as number
  );
  const chunks = pieces.flatMap((piece, i) =>
    sizes[i] <= most ? [piece] : Array.from(
      { length: Math.ceil(sizes[i] / most) },
      (_, chunk) => piece.slice(chunk * most, most),
    )
  );
  return { chunks, rows: sizes.reduce((sum, size) => sum + size, 0) };
}

/**
 * The events that make interactions, with `time` in seconds and as `session` the first 53 bits of
 * the session's hash, which takes a quarter of the time of comparing texts. Only sessions of one
 * user are told apart by it: among a thousand, two are the same with a probability of 1 in 18
 * billion.
 */
function readPositive(events: pl.LazyDataFrame): pl.DataFrame {
  const seconds = pl.col("event_time").cast(pl.Datetime("ms"), true).cast(pl.Int64, true).div(1000);
  const positive = events
    .filter(pl.col("rating").gt(0))
    .select("event_time", "user_id", "product_id", "user_session", "rating")
    .collectSync();
  return positive
    .withColumns(
      seconds.cast(pl.UInt32, true).alias("time"),
      hashOf(positive.select(...SESSION_KEY), "session").cast(pl.Float64, true),
    )
    .drop("event_time", "user_session");
}

/** The number of each row's value in a table of distinct values, whose column has the same name. */
function numbersOf(events: pl.DataFrame, distinct: pl.DataFrame): Uint32Array {
  const [column] = distinct.columns;
  const numbered = events
    .select(column)
    .join(distinct.withRowIndex("number"), { on: column, how: "left", maintainOrder: "left" });
  return toNumbers<Uint32Array>(numbered, "number");
}

function idMap(distinct: pl.DataFrame): IdMap {
  const [column] = distinct.columns;
  const ids = distinct.select(pl.col(column).cast(pl.Utf8, true)).getColumn(column);
  return IdMap.from(ids.toArray() as string[]);
}

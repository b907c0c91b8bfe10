import pl from "nodejs-polars";
import { formatCounted } from "../base/format.ts";
import { IdMap } from "../interactions/id_map.ts";
import { InputError } from "../base/input_error.ts";
import { groupByUser, type ShopInteractions } from "../interactions/interactions.ts";
import { catalogueOf } from "./catalogue.ts";
import { hashOf, toNumbers } from "./tables/frames.ts";
import { SESSION_KEY } from "./tables/schema.ts";
import { releaseFrames } from "./tables/release_frames.ts";

/**
 * Turns cleaned events into interactions: every event with a rating above 0, in time order. Users
 * are numbered in the order of their ids (integers by value, text by code point), products in the
 * order of their first events: ties of scores, which go to the lower number, don't depend on ids.
 *
 * @param events Cleaned events, with the columns that `schema.ts` describes: a table, or pieces in
 * time order, of which one at a time is in memory.
 * @throws {InputError} If no event has a rating above 0.
 */
export function toInteractions(
  events: pl.DataFrame | readonly pl.LazyDataFrame[],
): ShopInteractions {
  const pieces: readonly pl.LazyDataFrame[] = events instanceof Array ? events : [events.lazy()];
  // Several pieces may not fit in memory together, so each is read twice.
  const tables = pieces.length === 1 ? [readPositive(pieces[0])] : {
    *[Symbol.iterator]() {
      for (const piece of pieces) yield readPositive(piece);
    },
  };
  const { rows, distinct } = distinctIn(tables);
  if (rows === 0) {
    throw new InputError(
      `Cannot make interactions of ${
        formatCounted(countRows(pieces), "event")
      }: at least one must be a view, ` +
        "a purchase or a cart that isn't cancelled",
    );
  }
  const [users, products, sessions] = distinct;
  const columns = {
    users: new Uint32Array(rows),
    items: new Uint32Array(rows),
    weights: new Float32Array(rows),
    times: new Uint32Array(rows),
    sessions: new Uint32Array(rows),
  };
  let row = 0;
  for (const events of tables) {
    columns.users.set(numbersOf(events, users), row);
    columns.items.set(numbersOf(events, products), row);
    columns.weights.set(toNumbers<Float32Array>(events, "rating"), row);
    columns.times.set(toNumbers<Uint32Array>(events, "time"), row);
    columns.sessions.set(numbersOf(events, sessions), row);
    row += events.height;
    releaseFrames(events.height);
  }
  const [userIds, itemIds] = [idMap(users), idMap(products)];
  const interactions = groupByUser({ ...columns, userIds, itemIds });
  return { ...interactions, catalogue: catalogueOf(pieces, products) };
}

/**
 * The events that make interactions, with `time` in seconds and the session's 64-bit hash as
 * `session`, which takes a quarter of the time of comparing texts: among a million, a collision has
 * a probability of 1 in 37 million.
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
      hashOf(positive.select(...SESSION_KEY), "session"),
    )
    .drop("event_time", "user_session");
}

/**
 * The number of rows, and for each of the columns a table of its distinct values: products in the
 * order of the rows, others ascending.
 */
function distinctIn(
  pieces: Iterable<pl.DataFrame>,
): { rows: number; distinct: readonly pl.DataFrame[] } {
  let rows = 0;
  const distinctByPiece: pl.DataFrame[][] = [];
  for (const events of pieces) {
    distinctByPiece.push(NUMBERED.map((name) => distinctOf(events.select(name))));
    rows += events.height;
    releaseFrames(events.height);
  }
  const distinct = NUMBERED.map((name, i) => {
    const all = distinctOf(pl.concat(distinctByPiece.map((columns) => columns[i])));
    return name === "product_id" ? all : all.sort(name);
  });
  return { rows, distinct };
}

/** The columns whose values get numbers. */
const NUMBERED = ["user_id", "product_id", "session"] as const;

/** The distinct rows of a table of one column, in the order of their first occurrence. */
function distinctOf(column: pl.DataFrame): pl.DataFrame {
  return column.unique({ keep: "first", maintainOrder: true });
}

function countRows(tables: readonly pl.LazyDataFrame[]): number {
  const rows = (table: pl.LazyDataFrame) => table.select(pl.len().alias("rows")).collectSync();
  return tables.reduce((sum, table) => sum + rows(table).getColumn("rows").get(0), 0);
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

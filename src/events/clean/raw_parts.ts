import { join } from "node:path";
import pl from "nodejs-polars";
import { hashOf } from "../tables/frames.ts";
import { sortByTime } from "../read/read.ts";
import { POSITION } from "../tables/schema.ts";
import { layoutOf, putTogether, type TableLayout } from "../read/table_layout.ts";
import { writeParquet } from "../tables/write_parquet.ts";

/**
 * Raw events in files, split into parts: with any event, all others of its session are in the same part, or, where it
 * has no session, all others of its user that have none. Duplicates are there as well, being of the same session.
 */
export interface RawParts {
  /** Adds events, in the order of files and rows. */
  add(events: pl.DataFrame): Promise<void>;
  /**
   * A part, once all events have been added: columns as all pieces together would have them, and {@linkcode POSITION};
   * rows in the order of time.
   */
  read(part: number): pl.DataFrame;
  /** Does what `read` does, and takes the part off the disk. */
  take(part: number): pl.DataFrame;
}

/**
 * Makes parts in a folder.
 *
 * @param parts How many.
 */
export function createRawParts(folder: string, parts: number): RawParts {
  const heads: pl.DataFrame[] = [];
  let rows = 0;
  let layout: TableLayout | undefined;
  const fileOf = (part: number, piece: number) => join(folder, `raw-${part}-${piece}.parquet`);
  const filesOf = (part: number) => heads.map((_, piece) => fileOf(part, piece));
  const read = (part: number) => {
    layout ??= [...layoutOf(heads), { name: POSITION, type: pl.UInt32 }];
    return sortByTime(putTogether(filesOf(part).map((file) => pl.readParquet(file)), layout));
  };
  return {
    async add(events) {
      const piece = heads.length;
      heads.push(events.head(0));
      const numbered = events.withRowIndex(POSITION, rows).withColumns(partOf(events, parts));
      rows += events.height;
      for (let part = 0; part < parts; part++) {
        const own = numbered.lazy().filter(pl.col("part").eq(part)).drop("part");
        await writeParquet(fileOf(part, piece), own, { compression: "lz4" });
      }
    },
    read,
    take(part) {
      const events = read(part);
      for (const file of filesOf(part)) Deno.removeSync(file);
      return events;
    },
  };
}

/** A column `part`: which part each event belongs to. */
function partOf(events: pl.DataFrame, parts: number): pl.Series {
  const user = pl.col("user_id").cast(pl.Utf8, true);
  const session = pl.col("user_session");
  const key = events.columns.includes("user_session")
    ? pl.when(session.isNull()).then(user).otherwise(session)
    : user;
  const hash = hashOf(events.select(key.alias("key")), "hash");
  const part = pl.col("hash").modulo(pl.lit(parts).cast(pl.UInt64, true)).cast(pl.UInt32, true);
  return pl.DataFrame([hash]).select(part.alias("part")).getColumn("part");
}

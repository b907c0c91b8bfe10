import { join } from "node:path";
import pl from "nodejs-polars";
import { hashOf } from "../tables/frames.ts";
import type { Reject } from "../read/files/rejects.ts";
import { sortByTime } from "../read/read.ts";
import { dropWrongClocks, type WrongSpan } from "../read/wrong_clocks.ts";
import { POSITION } from "../tables/schema.ts";
import { layoutOf, stackTables, type TableLayout } from "../read/table_layout.ts";
import { writeParquet } from "../tables/write_parquet.ts";

/**
 * Raw events on disk, partitioned by session: all events of a session, or all events of a user
 * without a session, are in one part. So are duplicates, which share their session.
 */
export interface RawParts {
  /** Adds events of a file, in the order of files and their rows. */
  add(events: pl.DataFrame, file: string): Promise<void>;
  /** Drops the events with wrong clocks from all parts, once all events have been added. */
  dropWrongClocks(spans: readonly WrongSpan[]): Promise<Reject[]>;
  /**
   * Reads a part, once all events have been added: with the columns of all pieces combined, and
   * {@linkcode POSITION}; rows in time order.
   */
  read(part: number): pl.DataFrame;
  /** Reads a part and removes it from disk. */
  take(part: number): pl.DataFrame;
}

/**
 * Partitions raw events into files in a folder.
 *
 * @param parts The number of parts.
 */
export function createRawParts(folder: string, parts: number): RawParts {
  const heads: pl.DataFrame[] = [];
  const files: string[] = [];
  let rows = 0;
  let layout: TableLayout | undefined;
  const fileOf = (part: number, piece: number) => join(folder, `raw-${part}-${piece}.parquet`);
  const filesOf = (part: number) => heads.map((_, piece) => fileOf(part, piece));
  const read = (part: number) => {
    layout ??= [...layoutOf(heads), { name: POSITION, type: pl.UInt32 }];
    return sortByTime(stackTables(filesOf(part).map((file) => pl.readParquet(file)), layout));
  };
  return {
    async add(events, file) {
      const piece = heads.length;
      heads.push(events.head(0));
      files.push(file);
      const numbered = events.withRowIndex(POSITION, rows).withColumns(partOf(events, parts));
      rows += events.height;
      for (let part = 0; part < parts; part++) {
        const own = numbered.lazy().filter(pl.col("part").eq(part)).drop("part");
        await writeParquet(fileOf(part, piece), own, { compression: "lz4" });
      }
    },
    async dropWrongClocks(spans) {
      const rejects: Reject[] = [];
      for (let part = 0; part < (spans.length > 0 ? parts : 0); part++) {
        for (const [piece, file] of files.entries()) {
          const path = fileOf(part, piece);
          const kept = dropWrongClocks(pl.readParquet(path), spans, file);
          if (kept.rejects.length === 0) continue;
          rejects.push(...kept.rejects);
          await writeParquet(path, kept.events.lazy(), { compression: "lz4" });
        }
      }
      const order = (file: string) => files.indexOf(file);
      return rejects.sort((a, b) => order(a.file) - order(b.file) || a.line - b.line);
    },
    read,
    take(part) {
      const events = read(part);
      for (const file of filesOf(part)) Deno.removeSync(file);
      return events;
    },
  };
}

/** A column `part`: the part that each event belongs to. */
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

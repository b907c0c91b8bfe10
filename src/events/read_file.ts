import pl from "nodejs-polars";
import { InputError } from "../interactions/input_error.ts";
import type { Progress } from "../interactions/progress.ts";
import { copyWithout } from "./csv/copy_without.ts";
import { checkEncoding } from "./csv/encoding.ts";
import { readHeader } from "./csv/header.ts";
import { type CsvInspection, inspectCsv, type SkippedLine } from "./csv/inspect.ts";
import { readPlainCsv, readUnusualCsv, withTimes } from "./csv/read.ts";
import { decompress } from "./decompress.ts";
import { fileKind, readHead } from "./file_kind.ts";
import { flagRows } from "./frames.ts";
import { readParquet } from "./parquet.ts";
import type { Reject } from "./rejects.ts";

/** What was read from one file. */
export interface FileEvents {
  /** The columns that the file has of those that raw events have, of their types; rows as in the file. */
  readonly events: pl.DataFrame;
  readonly rejects: readonly Reject[];
}

/**
 * Reads a file of events: CSV, gzipped CSV or Parquet, told apart by their first bytes.
 *
 * @throws {InputError} If the file can't be read as one of them, or holds no rows.
 */
export async function readFile(path: string, progress?: Progress): Promise<FileEvents> {
  const kind = fileKind(path, readHead(path));
  if (kind === "parquet") return { events: await readParquet(path), rejects: [] };
  if (kind === "csv") return await readCsv(path, { progress });
  return await withTemporaryFile(async (plain) => {
    await decompress(path, plain);
    return await readCsv(plain, { name: path, progress });
  });
}

async function readCsv(
  path: string,
  { name = path, progress }: { name?: string; progress?: Progress },
): Promise<FileEvents> {
  const header = readHeader(readHead(path), name);
  try {
    const inspection = inspectCsv(path, { header, name, progress });
    const { rows, rejects, skipped, times } = inspection;
    if (rows === 0 && rejects.length === 0) {
      throw new InputError(
        `Cannot read ${name}: it must hold events, it has none below its header`,
      );
    }
    const read = times && await readPlainCsv(path, header.columns).catch(() => undefined);
    // An unclosed quotation mark would have swallowed lines.
    const events = times && read?.height === rows + skipped.length
      ? withTimes(withoutLines(read, skipped), times)
      : await readWellFormed(path, header.columns, inspection);
    return { events: checkRows(events, rows, name), rejects };
  } catch (error) {
    if (!(error instanceof InputError)) checkEncoding(path, name);
    throw error;
  }
}

/** Drops the rows of lines from a table that has a row for every line below the header. */
function withoutLines(events: pl.DataFrame, lines: readonly SkippedLine[]): pl.DataFrame {
  if (lines.length === 0) return events;
  const rows = lines.map(({ line }) => line - 2);
  return events.lazy()
    .withColumn(flagRows("skipped", rows, events.height))
    .filter(pl.col("skipped").not())
    .drop("skipped")
    .collectSync({ engine: "streaming" });
}

/** Reads the rows of a CSV file that an inspection found well-formed. */
async function readWellFormed(
  path: string,
  columns: readonly string[],
  { skipped, times }: CsvInspection,
): Promise<pl.DataFrame> {
  const read = async (path: string) =>
    times
      ? withTimes(await readPlainCsv(path, columns), times)
      : await readUnusualCsv(path, columns);
  if (skipped.length === 0) return await read(path);
  return await withTemporaryFile(async (wellFormed) => {
    copyWithout(path, wellFormed, skipped);
    return await read(wellFormed);
  });
}

/** The look at the lines and the reading of them must agree, else rows would be lost silently. */
function checkRows(events: pl.DataFrame, rows: number, name: string): pl.DataFrame {
  if (events.height !== rows) {
    throw new Error(`Reading ${name} gave ${events.height} rows where its lines hold ${rows}`);
  }
  return events;
}

async function withTemporaryFile<T>(use: (path: string) => Promise<T>): Promise<T> {
  const path = await Deno.makeTempFile({ suffix: ".csv" });
  try {
    return await use(path);
  } finally {
    await Deno.remove(path);
  }
}

import pl from "nodejs-polars";
import { InputError } from "../../../base/input_error.ts";
import type { Progress } from "../../../base/progress.ts";
import type { FileEvents } from "../files/file_events.ts";
import { readHead } from "../files/file_kind.ts";
import { flagRows } from "../../tables/frames.ts";
import { copyWithout } from "./copy_without.ts";
import { checkEncoding } from "./encoding.ts";
import { type CsvHeader, readHeader } from "./header.ts";
import { type CsvInspection, inspectCsv, type SkippedLine } from "./inspect.ts";
import { readPlainCsv, readUnusualCsv, withTimes } from "./read.ts";

/** What to call a CSV file in messages, and where temporary files go. */
interface CsvOptions {
  readonly name: string;
  /** Default: the system's folder for temporary files. */
  readonly scratch?: string;
  readonly progress?: Progress;
}

/**
 * Reads the pieces of a CSV file.
 *
 * @param pieces Files that each have the file's header and some of its lines, in their order.
 * @throws {InputError} If this is no CSV of events, or there are none in it.
 */
export async function* readCsvPieces(
  pieces: AsyncIterable<string> | Iterable<string>,
  options: CsvOptions,
): AsyncGenerator<FileEvents> {
  let [before, found] = [0, 0];
  for await (const path of pieces) {
    const header = readHeader(readHead(path), options.name);
    try {
      const inspection = inspectCsv(path, { ...options, header, before });
      found += inspection.rows + inspection.rejects.length;
      if (inspection.lines > 0) yield await readPiece(path, header, inspection, options);
      before += inspection.lines;
    } catch (error) {
      if (!(error instanceof InputError)) checkEncoding(path, options.name, before);
      throw error;
    }
  }
  if (found === 0) {
    throw new InputError(
      `Cannot read ${options.name}: it must hold events, it has none below its header`,
    );
  }
}

async function readPiece(
  path: string,
  { columns }: CsvHeader,
  inspection: CsvInspection,
  { name, scratch }: CsvOptions,
): Promise<FileEvents> {
  const { rows, rejects, skipped, times } = inspection;
  const read = times && await readPlainCsv(path, columns).catch(() => undefined);
  // An unclosed quotation mark would have swallowed lines.
  const events = times && read?.height === rows + skipped.length
    ? withTimes(withoutLines(read, skipped), times)
    : await readWellFormed(path, columns, inspection, scratch);
  // The look at the lines and the reading of them must agree, else rows would be lost silently.
  if (events.height !== rows) {
    throw new Error(`Reading ${name} gave ${events.height} rows where its lines hold ${rows}`);
  }
  return { events, rejects };
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
  scratch?: string,
): Promise<pl.DataFrame> {
  const read = async (path: string) =>
    times
      ? withTimes(await readPlainCsv(path, columns), times)
      : await readUnusualCsv(path, columns);
  if (skipped.length === 0) return await read(path);
  const wellFormed = await Deno.makeTempFile({ dir: scratch, suffix: ".csv" });
  try {
    copyWithout(path, wellFormed, skipped);
    return await read(wellFormed);
  } finally {
    await Deno.remove(wellFormed);
  }
}

import pl from "nodejs-polars";
import { InputError } from "../../../base/input_error.ts";
import type { Progress } from "../../../base/progress.ts";
import { flagRows } from "../../tables/frames.ts";
import { OPTIONAL_NAMES } from "../../tables/schema.ts";
import { type FileEvents, LINE } from "../files/file_events.ts";
import { readHead } from "../files/file_kind.ts";
import type { Partitions } from "../files/partitions.ts";
import type { Reject } from "../files/rejects.ts";
import { addConstants, fillFallbacks, hasFallbacks } from "../layouts/complete_events.ts";
import type { FormatOptions } from "../layouts/format_options.ts";
import { typeValues } from "../values/typed_events.ts";
import { copyWithout } from "./copy_without.ts";
import type { TextPiece } from "./cut.ts";
import { checkEncoding } from "./encoding.ts";
import { type CsvForm, endOfHeader, readForm } from "./header.ts";
import { type CsvInspection, inspectCsv } from "./inspect.ts";
import type { SkippedLine } from "./row_log.ts";
import { type CsvColumns, readPlainCsv, readTextCsv, withTimes } from "./read.ts";

/** How to read a CSV file. */
export interface CsvOptions {
  /** Names the file in messages. */
  readonly name: string;
  /** What the shop says about its form. */
  readonly format?: FormatOptions;
  /** Columns with one value for the whole file, which its path names. */
  readonly partitions?: Partitions;
  /** Where the lines come from, if they aren't those of the file. */
  readonly origin?: LineOrigin;
  /** The folder for temporary files; default: the system's. */
  readonly scratch?: string;
  readonly progress?: Progress;
}

/** Where the lines of a CSV come from that was made of a file. */
export interface LineOrigin {
  /** The line of the file, by the line of the CSV; both count from 1. */
  lineOf(csvLine: number): number;
  /** Lines of the file that aren't in the CSV, of those read since the last call. */
  takeRejects(): Reject[];
}

/**
 * Reads the pieces of a CSV file.
 *
 * @param pieces Files with the header and consecutive lines each.
 * @throws {InputError} If this isn't a CSV file of events.
 */
export async function* readCsvPieces(
  pieces: AsyncIterable<TextPiece> | Iterable<TextPiece>,
  options: CsvOptions,
): AsyncGenerator<FileEvents> {
  const { name, origin, progress } = options;
  let before = 0;
  let form: CsvForm | undefined;
  for await (const { path, continues, carry } of pieces) {
    const head = readHead(path);
    form ??= readForm(head, name, options);
    try {
      const inspection = inspectCsv(path, {
        columns: form.map.names,
        separator: form.separator,
        plainPrices: form.decimal === ".",
        from: endOfHeader(head),
        ...{ name, before, continues, progress },
      });
      const lost = origin?.takeRejects() ?? [];
      if (inspection.lines > 0 || lost.length > 0) {
        const read = await readPiece(path, form, inspection, options);
        yield { ...read, rejects: [...lost, ...read.rejects] };
      }
      before += inspection.lines;
      if (inspection.rest !== undefined) carry?.(inspection.rest);
    } catch (error) {
      if (!(error instanceof InputError)) checkEncoding(path, name, before);
      throw error;
    }
  }
}

async function readPiece(
  path: string,
  form: CsvForm,
  inspection: CsvInspection,
  { name, scratch, partitions, origin }: CsvOptions,
): Promise<FileEvents> {
  const { rows, rejects, times } = inspection;
  const lineOf = (line: number) => origin?.lineOf(line) ?? line;
  const lines = origin ? inspection.lineNumbers.map(lineOf) : inspection.lineNumbers;
  const columns = { columns: form.map.names, separator: form.separator };
  const { events, unreadablePrices } = inspection.plain && !hasFallbacks(form.map)
    ? { events: await readPlain(path, columns, inspection, scratch), unreadablePrices: 0 }
    : typeValues(
      fillFallbacks(
        await readWithout(path, inspection.skipped, scratch, (path) => readTextCsv(path, columns)),
      ),
      form.decimal,
    );
  // The inspection and the reading must agree, otherwise rows would be lost silently.
  if (events.height !== rows) {
    throw new Error(`Reading ${name} gave ${events.height} rows, its lines have ${rows}`);
  }
  const complete = addConstants(withTimes(events, times), form.map, partitions)
    .withColumns(pl.Series(LINE, lines));
  return {
    events: origin ? withoutEmptyColumns(complete) : complete,
    rejects: rejects.map((reject) => ({ ...reject, line: lineOf(reject.line) })),
    unreadablePrices,
    guesses: form.guesses,
  };
}

/**
 * Optional columns are columns of events only if they have any values; JSON doesn't tell that in
 * its first line.
 */
function withoutEmptyColumns(events: pl.DataFrame): pl.DataFrame {
  const empty = OPTIONAL_NAMES.filter((name) =>
    events.columns.includes(name) && events.getColumn(name).nullCount() === events.height
  );
  return empty.reduce((rest, name) => rest.drop(name), events);
}

/** Reads plain rows, if possible without copying the file. */
async function readPlain(
  path: string,
  form: CsvColumns,
  { rows, skipped, mayMiss }: CsvInspection,
  scratch?: string,
): Promise<pl.DataFrame> {
  const columns = { ...form, mayMiss };
  const all = await readPlainCsv(path, columns).catch(() => undefined);
  // If the heights differ, an unclosed quote of a skipped line swallowed others.
  if (all?.height === rows + skipped.length) return withoutLines(all, skipped);
  return await readWithout(path, skipped, scratch, (path) => readPlainCsv(path, columns));
}

/** Drops skipped lines from a table with a row for every line below the header. */
function withoutLines(events: pl.DataFrame, lines: readonly SkippedLine[]): pl.DataFrame {
  if (lines.length === 0) return events;
  const rows = lines.map(({ line }) => line - 2);
  return events.lazy()
    .withColumn(flagRows("skipped", rows, events.height))
    .filter(pl.col("skipped").not())
    .drop("skipped")
    .collectSync({ engine: "streaming" });
}

/** Reads a copy of a file that lacks the skipped lines, or the file itself if there are none. */
async function readWithout(
  path: string,
  skipped: readonly SkippedLine[],
  scratch: string | undefined,
  read: (path: string) => Promise<pl.DataFrame>,
): Promise<pl.DataFrame> {
  if (skipped.length === 0) return await read(path);
  const wellFormed = await Deno.makeTempFile({ dir: scratch, suffix: ".csv" });
  try {
    copyWithout(path, wellFormed, skipped);
    return await read(wellFormed);
  } finally {
    await Deno.remove(wellFormed);
  }
}

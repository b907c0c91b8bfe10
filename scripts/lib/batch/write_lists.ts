import { join } from "node:path";
import pl from "nodejs-polars";
import { writeAll } from "../../../src/base/write_all.ts";
import { writeWhole } from "../../../src/base/write_whole.ts";
import { headerOf, LIST_COLUMNS, type ListFormat } from "../../../src/batch/format.ts";
import { writeParquet } from "../../../src/events/tables/write_parquet.ts";
import type { PartFiles } from "../../../src/batch/part_files.ts";

/** The types of the columns; all others are text. */
const TYPES: Readonly<Record<string, pl.DataType>> = { rank: pl.UInt16, score: pl.Float32 };

/**
 * Joins the parts of a batch to one file.
 *
 * @param out If it ends in `.parquet`, the parts' CSV becomes Parquet.
 * @throws {InputError} If the file can't be written.
 */
export async function writeLists(out: string, format: ListFormat, parts: PartFiles): Promise<void> {
  const isParquet = /\.parquet$/i.test(out);
  const joined = isParquet ? join(parts.folder, "joined.csv") : out;
  await writeWhole(joined, (file) => joinParts(file, format, parts));
  if (!isParquet) return;
  const schema = Object.fromEntries(LIST_COLUMNS.map((name) => [name, TYPES[name] ?? pl.Utf8]));
  await writeWhole(out, (file) => writeParquet(file, pl.scanCSV(joined, { schema, glob: false })));
}

async function joinParts(file: string, format: ListFormat, parts: PartFiles): Promise<void> {
  using output = await Deno.open(file, { write: true, create: true, truncate: true });
  await writeAll(output, new TextEncoder().encode(headerOf(format)));
  for await (const bytes of parts.bytes()) await writeAll(output, bytes);
}

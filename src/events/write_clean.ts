import pl from "nodejs-polars";
import { InputError } from "../base/input_error.ts";
import type { OpenedEvents } from "./loaded_events.ts";
import { writeRejects } from "./read/files/rejects.ts";
import { writeParquet } from "./tables/write_parquet.ts";
import { writeWhole } from "../base/write_whole.ts";

/** The files that {@linkcode writeClean} writes. */
export interface CleanFiles {
  readonly events: string;
  readonly report: string;
  readonly rejects: string;
}

/**
 * The paths of the cleaning report and the malformed rows, next to a Parquet file of cleaned
 * events.
 */
export function cleanFiles(path: string): CleanFiles {
  return {
    events: path,
    report: `${path}.report.json`,
    rejects: `${path}.rejects.csv`,
  };
}

/**
 * Checks the name of a file for cleaned events: before cleaning, not after it.
 *
 * @throws {InputError} If it doesn't end in `.parquet`: it could be mistaken for the shop's CSV.
 */
export function requireParquet(path: string): void {
  if (/\.parquet$/i.test(path)) return;
  throw new InputError(`Cannot write ${path}: the name must end in .parquet`);
}

/**
 * Writes cleaned events to a Parquet file, and next to it the report as JSON and the malformed rows
 * as CSV (just a header if there are none). Each file appears only when complete; folders are
 * created if needed.
 *
 * @param path As {@linkcode requireParquet} checks it.
 * @throws {InputError} If the name is wrong, or a file can't be written.
 */
export async function writeClean(
  path: string,
  { pieces, files, report, rejects, reading }: Omit<OpenedEvents, keyof AsyncDisposable | "cached">,
): Promise<CleanFiles> {
  requireParquet(path);
  const to = cleanFiles(path);
  const facts = { files, ...report, reading };
  await writeRejects(to.rejects, rejects);
  await writeWhole(
    to.report,
    (file) => Deno.writeTextFile(file, JSON.stringify(facts, null, 2) + "\n"),
  );
  await writeWhole(to.events, (file) => writeParquet(file, pl.concat([...pieces])));
  return to;
}

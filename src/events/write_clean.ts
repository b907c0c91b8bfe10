import { dirname, join } from "node:path";
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

/** Where the report of cleaning and the malformed rows go, beside a Parquet file of cleaned events. */
export function cleanFiles(path: string): CleanFiles {
  return {
    events: path,
    report: `${path}.report.json`,
    rejects: join(dirname(path), "rejects.csv"),
  };
}

/**
 * Writes cleaned events to a Parquet file, and beside it the report as JSON and the malformed rows as CSV (only
 * a header where there are none). Each file appears only when it is complete; folders are made if need be.
 *
 * @param path Its name must end in `.parquet`, so that it can be told from the shop's CSV.
 * @throws {InputError} If the name doesn't, or a file can't be written.
 */
export async function writeClean(
  path: string,
  { pieces, files, report, rejects }: Pick<OpenedEvents, "pieces" | "files" | "report" | "rejects">,
): Promise<CleanFiles> {
  if (!/\.parquet$/i.test(path)) {
    throw new InputError(`Cannot write ${path}: the name must end in .parquet`);
  }
  const to = cleanFiles(path);
  const facts = { files, ...report };
  await writeRejects(to.rejects, rejects);
  await writeWhole(
    to.report,
    (file) => Deno.writeTextFile(file, JSON.stringify(facts, null, 2) + "\n"),
  );
  await writeWhole(to.events, (file) => writeParquet(file, pl.concat([...pieces])));
  return to;
}

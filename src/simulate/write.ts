import { InputError } from "../base/input_error.ts";
import type { Progress } from "../base/progress.ts";
import { writeAllSync } from "../base/write_all.ts";
import { writeWhole } from "../base/write_whole.ts";
import { planSimulation, type SimulationOptions } from "./parameters/options.ts";
import { simulateCsv } from "./simulate_csv.ts";

/**
 * Simulates the shop and writes its events to a CSV file, gzipped if its name ends in `.gz`. The
 * file appears only when complete; until then it has a temporary name.
 *
 * @param path Ends in `.csv` or `.csv.gz`; its folder is created if missing.
 * @throws {InputError} If an option is out of range, or the file can't be written.
 *
 * @example
 * ```ts ignore
 * await writeSimulation("data/month.csv.gz", { events: 1_000_000, seed: 7 });
 * ```
 */
export async function writeSimulation(
  path: string,
  options: SimulationOptions = {},
  progress?: Progress,
): Promise<void> {
  planSimulation(options);
  if (!/\.csv(\.gz)?$/i.test(path)) {
    throw new InputError(
      `Cannot write simulated events: the file's name must end in .csv or .csv.gz, got "${path}"`,
    );
  }
  await writeWhole(
    path,
    (file) => write(file, simulateCsv(options, progress), /\.gz$/i.test(path)),
  );
}

async function write(
  file: string,
  chunks: Iterable<Uint8Array<ArrayBuffer>>,
  gzip: boolean,
): Promise<void> {
  const bytes = gzip
    ? ReadableStream.from(chunks).pipeThrough(new CompressionStream("gzip"))
    : chunks;
  using out = await Deno.create(file);
  // An asynchronous write reports a full disk only at the next write.
  for await (const chunk of bytes) writeAllSync(out, chunk);
}

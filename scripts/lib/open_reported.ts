import { formatCounted } from "../../src/base/format.ts";
import { InputError } from "../../src/base/input_error.ts";
import type { Progress } from "../../src/base/progress.ts";
import { type LoadOptions, openEvents } from "../../src/events/load.ts";
import type { OpenedEvents } from "../../src/events/loaded_events.ts";
import { untilInterrupted } from "./spark/until_interrupted.ts";
import { TooManyRejects, writeRejects } from "../../src/events/read/files/rejects.ts";

/** Where training and evaluation write rejected rows, if there are any. */
export const REJECTS_FILE = "data/rejects.csv";

/** Most rows to write if the file is refused for its malformed rows: enough to see why. */
const MOST_ROWS = 10_000;

/**
 * Opens events like {@linkcode openEvents}, or like `openOnSpark()` if there is a cluster. If
 * too many rows are malformed to use the others, they are in a file all the same.
 *
 * @param rejectsFile That file.
 * @throws {InputError} As {@linkcode openEvents} does; about malformed rows, it names the file.
 */
export async function openReported(
  patterns: readonly string[],
  options: LoadOptions,
  { rejectsFile, progress, cluster }: {
    rejectsFile: string;
    progress: Progress;
    /** The address of a Spark server; default: this machine cleans the events. */
    cluster?: string;
  },
): Promise<OpenedEvents> {
  return await reportRejects(
    rejectsFile,
    () =>
      cluster === undefined
        ? openEvents(patterns, options, progress)
        : openOnCluster(patterns, { ...options, master: cluster }, progress),
  );
}

/**
 * Opens events; if too many rows are malformed to use the others, they are in a file all the same.
 *
 * @throws {InputError} As opening does; about malformed rows, it names the file.
 */
export async function reportRejects<Opened>(
  rejectsFile: string,
  open: () => Promise<Opened>,
): Promise<Opened> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof TooManyRejects)) throw error;
    const { rejects } = error;
    await writeRejects(rejectsFile, rejects.slice(0, MOST_ROWS));
    const which = rejects.length > MOST_ROWS
      ? `The first ${formatCounted(MOST_ROWS, "malformed row")}`
      : "All malformed rows";
    throw new InputError(
      `${error.message}\n${which}, with line and reason: ${rejectsFile}`,
      { cause: error },
    );
  }
}

/** Its code, with the client of Spark, is loaded only here. */
async function openOnCluster(
  patterns: readonly string[],
  { cache: _, ...options }: LoadOptions & { master: string },
  progress: Progress,
): Promise<OpenedEvents> {
  const { openOnSpark } = await import("../../src/spark/clean/open_on_spark.ts");
  return await untilInterrupted((signal) =>
    openOnSpark(patterns, { ...options, signal }, progress)
  );
}

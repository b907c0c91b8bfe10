import { join } from "node:path";
import { InputError } from "../base/input_error.ts";
import { MS_PER_HOUR } from "../base/time.ts";

const PREFIX = "cleaning-";

/**
 * Makes a folder for temporary files. Those that were left behind by processes that were ended are removed.
 *
 * @param folder Where; it is made if need be. Default: the system's folder for temporary files.
 * @throws {InputError} If it can't be made.
 */
export async function makeScratch(folder?: string): Promise<string> {
  try {
    if (folder !== undefined) {
      await Deno.mkdir(folder, { recursive: true });
      await removeAbandoned(folder);
    }
    return await Deno.makeTempDir({ dir: folder, prefix: PREFIX });
  } catch (error) {
    throw new InputError(
      `Cannot make a folder for temporary files in ${folder ?? "the system's"}: ${
        (error as Error).message
      }; choose another place`,
    );
  }
}

/** As operating systems say it; Polars has it within a sentence of its own. */
const FULL = /No space left on device|not enough space on the disk|Disk quota exceeded/i;

/**
 * An error that came while files were written to a folder: one that says what to do where the disk is full, else the
 * same.
 */
export function whereFull(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof InputError) return error;
  const [why] = FULL.exec(error.message) ?? [];
  if (why === undefined) return error;
  return new InputError(
    `Cannot put aside in ${folder} what memory doesn't hold: ${why}; it takes up to as much room as the files ` +
      "unpacked. Make room there, or choose fewer files or a month (--month)",
    { cause: error },
  );
}

/** Removes folders that nobody has written to for an hour: their processes were killed. */
async function removeAbandoned(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (!isDirectory || !name.startsWith(PREFIX)) continue;
    const { mtime } = await Deno.stat(path);
    if (mtime && Date.now() - mtime.getTime() > MS_PER_HOUR) {
      await Deno.remove(path, { recursive: true });
    }
  }
}

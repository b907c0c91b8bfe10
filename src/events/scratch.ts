import { join } from "node:path";
import { InputError } from "../base/input_error.ts";
import { MS_PER_HOUR } from "../base/time.ts";

const PREFIX = "cleaning-";

/**
 * Creates a folder for temporary files, and removes those that killed processes left behind.
 *
 * @param folder Its parent, created if needed. Default: the system's folder for temporary files.
 * @throws {InputError} If it can't be created.
 */
export async function makeScratchFolder(folder?: string): Promise<string> {
  try {
    if (folder !== undefined) {
      await Deno.mkdir(folder, { recursive: true });
      await removeAbandoned(folder);
    }
    return await Deno.makeTempDir({ dir: folder, prefix: PREFIX });
  } catch (error) {
    throw new InputError(
      `Cannot create a folder for temporary files in ${folder ?? "the system's"}: ${
        (error as Error).message
      }; choose another place`,
    );
  }
}

/** The messages of operating systems, which Polars quotes in its own. */
const FULL = /No space left on device|not enough space on the disk|Disk quota exceeded/i;

/**
 * Turns the error of a full disk into one that says what to do; any other error stays as it is.
 */
export function explainFullDisk(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof InputError) return error;
  const [why] = FULL.exec(error.message) ?? [];
  if (why === undefined) return error;
  return new InputError(
    `Cannot write temporary files to ${folder}: ${why}; they need up to as much space as the ` +
      "files unpacked. Free some space there, or choose fewer files or a month (--month)",
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

import { tmpdir } from "node:os";
import { InputError } from "../base/input_error.ts";
import { UnfinishedFolder } from "../base/unfinished.ts";

/**
 * Creates a folder for temporary files, which is removed when it is disposed of.
 *
 * @param folder Its parent, created if needed. Default: the system's folder for temporary files.
 * @throws {InputError} If it can't be created.
 */
export async function makeScratchFolder(folder?: string): Promise<UnfinishedFolder> {
  try {
    if (folder !== undefined) await Deno.mkdir(folder, { recursive: true });
    return await UnfinishedFolder.make(folder ?? tmpdir());
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

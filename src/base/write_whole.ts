import { dirname, join } from "node:path";
import { InputError } from "./input_error.ts";
import { removeAbandoned, UnfinishedFolder } from "./unfinished.ts";

/**
 * Writes a file in a temporary folder beside it, then moves it, so that it never exists
 * half-written. Its folder is created if missing; what a killed process left there unfinished is
 * removed.
 *
 * @param write Writes to the path it is given.
 * @throws {InputError} If the file can't be written.
 */
export async function writeWhole(
  path: string,
  write: (file: string) => Promise<unknown>,
): Promise<void> {
  const folder = dirname(path);
  try {
    await Deno.mkdir(folder, { recursive: true });
    await removeAbandoned(folder);
    await using unfinished = await UnfinishedFolder.make(folder);
    const file = join(unfinished.path, "file");
    await write(file);
    await Deno.rename(file, path);
  } catch (error) {
    throw new InputError(`Cannot write ${path}: ${(error as Error).message}; choose another path`);
  }
}

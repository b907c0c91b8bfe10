import { dirname, join } from "node:path";
import { InputError } from "./input_error.ts";

/**
 * Writes a file under a temporary name, then renames it, so that it never exists half-written. Its
 * folder is created if missing.
 *
 * @param write Writes to the path it is given.
 * @throws {InputError} If the file can't be written.
 */
export async function writeWhole(
  path: string,
  write: (file: string) => Promise<unknown>,
): Promise<void> {
  const unfinished = join(dirname(path), `.unfinished-${crypto.randomUUID()}`);
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await write(unfinished);
    await Deno.rename(unfinished, path);
  } catch (error) {
    await Deno.remove(unfinished).catch(() => {});
    throw new InputError(`Cannot write ${path}: ${(error as Error).message}; choose another path`);
  }
}

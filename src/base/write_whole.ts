import { dirname, join } from "node:path";
import { InputError } from "./input_error.ts";

/**
 * Has a file written under another name and renamed, so that it is never there in part. Its folder is made if
 * need be.
 *
 * @param write Writes the file it is given.
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
    throw new InputError(`Cannot write ${path}: ${(error as Error).message}; choose another place`);
  }
}

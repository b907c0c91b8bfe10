import { join } from "node:path";
import { InputError } from "../base/input_error.ts";
import { writeWhole } from "../base/write_whole.ts";
import type { Destination } from "./destination.ts";

/**
 * A folder of this machine as a destination, which is created if missing.
 *
 * @throws {InputError} If it is empty, or the address of something that isn't on this machine. The
 *   destination's methods throw one if the folder can't be read or written.
 */
export function folderDestination(folder: string): Destination {
  if (folder === "" || /^\w+:\/\//.test(folder)) {
    throw new InputError(
      `Cannot export to "${folder}": it must be a folder, or a bucket as s3://BUCKET/PREFIX; for ` +
        "another object storage set AWS_ENDPOINT_URL to its address",
    );
  }
  const read = async <T>(key: string, reading: (path: string) => Promise<T>) => {
    const path = join(folder, key);
    try {
      return await reading(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw new InputError(`Cannot read ${path}: ${(error as Error).message}`, { cause: error });
    }
  };
  return {
    name: folder,
    read: (key) => read(key, Deno.readFile),
    has: async (key) => await read(key, Deno.stat) !== undefined,
    write: (key, bytes) =>
      writeWhole(join(folder, key), (unfinished) => Deno.writeFile(unfinished, bytes)),
    remove: (key) => Deno.remove(join(folder, key)),
  };
}

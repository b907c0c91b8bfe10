import { glob } from "node:fs/promises";
import { InputError } from "../../../base/input_error.ts";

/**
 * Finds the files that paths and patterns name (`*`, `?`, `[…]`, `{a,b}`, `**`), each once: in the
 * order of the patterns, those of one pattern by name.
 *
 * @throws {InputError} If a path doesn't exist, a pattern matches nothing, or one of them is a
 * folder.
 */
export async function findFiles(patterns: readonly string[]): Promise<string[]> {
  const files = new Set<string>();
  for (const pattern of patterns) {
    const matches = await exists(pattern) ? [pattern] : await expand(pattern);
    if (matches.length === 0) {
      throw new InputError(
        /[*?[{]/.test(pattern)
          ? `Cannot read ${pattern}: no file matches this pattern`
          : `Cannot read ${pattern}: there is no such file`,
      );
    }
    for (const file of matches) {
      if ((await Deno.stat(file)).isDirectory) {
        throw new InputError(
          `Cannot read ${file}: it is a folder; to read the files in it, give ${file}/*.csv`,
        );
      }
      files.add(file);
    }
  }
  return [...files];
}

async function expand(pattern: string): Promise<string[]> {
  return (await Array.fromAsync(glob(pattern))).sort();
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

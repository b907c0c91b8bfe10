import { glob, readdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../../base/input_error.ts";

/** The names of files of events; folders may hold others. */
const EVENT_FILE =
  /\.(csv|tsv|json|jsonl|ndjson|parquet|inter)(\.(gz|zst))?$|\.(zip|gz|zst)$|^part-[^.]+$/i;

/**
 * Expands paths and patterns (`*`, `?`, `[…]`, `{a,b}`, `**`) to files without repeats: in the
 * order of the patterns, the files of each by name. A folder expands to the files of events in it
 * and its folders, as Spark writes them; names that begin with `_` or `.` are skipped.
 *
 * @throws {InputError} If a path doesn't exist, a pattern matches nothing, or a folder has no file
 * of events.
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
    for (const match of matches) {
      const found = (await Deno.stat(match)).isDirectory ? await filesIn(match) : [match];
      if (found.length === 0) {
        throw new InputError(
          `Cannot read ${match}: the folder has no file of events (CSV, JSON lines or Parquet)`,
        );
      }
      for (const file of found) files.add(file);
    }
  }
  return [...files];
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries
    .filter(({ name }) => !/^[._]/.test(name))
    .sort((a, b) => a.name < b.name ? -1 : 1)
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(path);
      return EVENT_FILE.test(entry.name) ? [path] : [];
    });
  return (await Promise.all(nested)).flat();
}

async function expand(pattern: string): Promise<string[]> {
  return (await Array.fromAsync(glob(pattern))).sort();
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

import { ArtifactError } from "./artifact_error.ts";
import { TEMPORARY_PREFIX } from "./current.ts";

/** The error message of {@linkcode withLock} if the folder or the disk fails. */
export interface Attempt {
  /** What was attempted, for example `save an artifact`. */
  attempt: string;
  /** What to do about a failure. */
  remedy: string;
}

/**
 * Changes a folder of artifacts under its lock: a second writer waits for the first. Leftovers of a
 * crash are removed first.
 *
 * @param directory Created if missing.
 * @throws {ArtifactError} If the folder can't be written to, or the disk is full.
 */
export async function withLock<Result>(
  directory: string,
  change: () => Promise<Result>,
  { attempt, remedy }: Attempt,
): Promise<Result> {
  try {
    await Deno.mkdir(directory, { recursive: true });
    using lock = await Deno.open(`${directory}/.lock`, { create: true, write: true });
    await lock.lock(true);
    await removeLeftovers(directory);
    return await change();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new ArtifactError(`Cannot ${attempt} in ${directory}: ${error.message}; ${remedy}`, {
      cause: error,
    });
  }
}

/**
 * Checks that artifacts can be written to a folder, which is created if missing: before a training,
 * not after it.
 *
 * @throws {ArtifactError} If they can't.
 */
export async function requireWritable(directory: string): Promise<void> {
  await withLock(directory, async () => {
    const probe = `${directory}/${TEMPORARY_PREFIX}${crypto.randomUUID()}`;
    await Deno.mkdir(probe);
    await Deno.remove(probe);
  }, { attempt: "save an artifact", remedy: "choose another folder with --artifacts" });
}

/** No temporary file is in use: only the holder of the lock writes. */
async function removeLeftovers(directory: string): Promise<void> {
  for await (const { name } of Deno.readDir(directory)) {
    if (name.startsWith(TEMPORARY_PREFIX)) await removeIfPresent(`${directory}/${name}`);
  }
}

/** Removes a file, or a folder with its contents, if it exists. */
export async function removeIfPresent(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

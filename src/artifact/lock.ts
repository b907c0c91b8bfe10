import { ArtifactError } from "./artifact_error.ts";
import { TEMPORARY_PREFIX } from "./current.ts";

/** What {@linkcode withLock} says if the folder or the disk doesn't allow it. */
export interface Attempt {
  /** What is attempted, for example `save an artifact`. */
  attempt: string;
  /** What there is to do about a failure. */
  remedy: string;
}

/**
 * Changes a folder of artifacts while nobody else does: a second writer waits for the first. What a crash left
 * behind is removed first.
 *
 * @param directory Made if need be.
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

/** Nobody is at work on what has a temporary name: whoever writes holds the lock. */
async function removeLeftovers(directory: string): Promise<void> {
  for await (const { name } of Deno.readDir(directory)) {
    if (name.startsWith(TEMPORARY_PREFIX)) await removeIfPresent(`${directory}/${name}`);
  }
}

/** Removes a file or a folder with all that is in it; one that isn't there is no mistake. */
export async function removeIfPresent(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

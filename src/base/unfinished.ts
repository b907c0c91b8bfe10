import { join } from "node:path";
import { MS_PER_MINUTE } from "./time.ts";

const PREFIX = ".unfinished-";
const LOCK = ".lock";

/**
 * A folder for what isn't finished yet, with a lock that tells other processes that it is in use:
 * the operating system releases it when this process ends, for whatever reason. Disposing of the
 * folder removes it with its contents.
 */
export class UnfinishedFolder implements AsyncDisposable {
  /** The folder. */
  readonly path: string;
  readonly #lock: Deno.FsFile;

  private constructor(path: string, lock: Deno.FsFile) {
    this.path = path;
    this.#lock = lock;
  }

  /** Creates one in a folder that exists. */
  static async make(parent: string): Promise<UnfinishedFolder> {
    const path = await Deno.makeTempDir({ dir: parent, prefix: PREFIX });
    const lock = await Deno.open(join(path, LOCK), { create: true, write: true });
    await lock.lock(true);
    return new UnfinishedFolder(path, lock);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#lock.close();
    await Deno.remove(this.path, { recursive: true });
  }
}

/**
 * Removes the unfinished folders that killed processes left behind: those without a lock, unless
 * they are so new that their process may be about to take it.
 *
 * @param parent May be missing.
 * @returns What was removed.
 */
export async function removeAbandoned(parent: string): Promise<string[]> {
  const removed: string[] = [];
  for (const path of await unfinishedIn(parent)) {
    if (!await isAbandoned(path)) continue;
    await Deno.remove(path, { recursive: true });
    removed.push(path);
  }
  return removed;
}

async function unfinishedIn(parent: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(parent));
    return entries.filter(({ name, isDirectory }) => isDirectory && name.startsWith(PREFIX))
      .map(({ name }) => join(parent, name));
  } catch (error) {
    const { NotFound, NotADirectory } = Deno.errors;
    if (error instanceof NotFound || error instanceof NotADirectory) return [];
    throw error;
  }
}

/** A folder that is gone meanwhile was finished; another user's is theirs to remove. */
async function isAbandoned(path: string): Promise<boolean> {
  try {
    const { mtime } = await Deno.stat(path);
    if (mtime && Date.now() - mtime.getTime() < MS_PER_MINUTE) return false;
    using lock = await Deno.open(join(path, LOCK), { create: true, write: true });
    return await lock.tryLock(true);
  } catch (error) {
    const { NotFound, PermissionDenied } = Deno.errors;
    if (error instanceof NotFound || error instanceof PermissionDenied) return false;
    throw error;
  }
}

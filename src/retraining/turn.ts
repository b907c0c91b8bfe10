import { InputError } from "../base/input_error.ts";

/** The right to retrain, which no other process has until it is disposed of. */
export interface Turn extends Disposable {
  /** What a process left here that ended without giving the turn back; absent otherwise. */
  readonly leftBy?: string;
}

/** Holds who has the turn, for messages; the turn itself is the operating system's lock on it. */
const FILE = ".retraining";

/**
 * Takes the turn to retrain the artifacts of a folder. The operating system releases a turn when
 * its process ends, for whatever reason (`kill -9`, a crash, a reboot), so that none is ever stale
 * and no two processes of a machine have it.
 *
 * @param directory Created if missing.
 * @throws {InputError} If another process has it, or the folder can't be written; names either.
 */
export async function takeTurn(directory: string): Promise<Turn> {
  const path = `${directory}/${FILE}`;
  const file = await openFile(path);
  try {
    const isTaken = !await file.tryLock(true);
    const holder = (await Deno.readTextFile(path)).trim();
    if (isTaken) {
      throw new InputError(
        `Cannot retrain in ${directory}: ${holder || "another process"} is at it; wait until it ` +
          "has ended, or stop it",
      );
    }
    await write(file, `process ${Deno.pid}, since ${new Date().toISOString()},`);
    return {
      ...(holder !== "" && { leftBy: holder }),
      [Symbol.dispose]() {
        file.truncateSync();
        file.close();
      },
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

async function openFile(path: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    return await Deno.open(path, { create: true, read: true, write: true });
  } catch (error) {
    throw new InputError(
      `Cannot retrain: ${path} can't be written (${(error as Error).message}); choose another ` +
        "folder with --artifacts",
      { cause: error },
    );
  }
}

async function write(file: Deno.FsFile, text: string): Promise<void> {
  await file.truncate();
  await file.write(new TextEncoder().encode(`${text}\n`));
}

import { InputError } from "../base/input_error.ts";
import type { Progress } from "../base/progress.ts";
import type { BatchSource, FromWorker, ToWorker } from "./messages.ts";
import type { PartFiles } from "./part_files.ts";

/** How many users a part has: about a second of work. */
const PART_SIZE = 2000;

/** What {@linkcode makeLists} needs to know besides its source. */
export interface BatchRun {
  /** All users, in the order of the output. */
  readonly userIds: readonly string[];
  /** Where finished parts are. */
  readonly parts: PartFiles;
  /** How many workers make lists at the same time. Default 2. */
  readonly workers?: number;
  readonly progress?: Progress;
  /** How many users a part has. Default 2,000; tests set less. */
  readonly partSize?: number;
}

/**
 * Makes the lists of all users in workers, part by part, except for parts that are there already.
 * The lists are the same for any number of workers.
 *
 * @throws {InputError} If the artifact or the store can't be read; finished parts stay.
 */
export async function makeLists(
  source: BatchSource,
  { userIds, parts, workers = 2, progress = () => {}, partSize = PART_SIZE }: BatchRun,
): Promise<void> {
  const count = Math.ceil(userIds.length / partSize);
  const missing = Array.from({ length: count }, (_, part) => part).filter((part) =>
    !parts.has(part)
  );
  let done = count - missing.length;
  const running = Array.from({ length: Math.min(workers, missing.length) }, async () => {
    using worker = startWorker(source);
    for (let part = missing.shift(); part !== undefined; part = missing.shift()) {
      const users = userIds.slice(part * partSize, (part + 1) * partSize);
      await parts.add(part, await worker.make(users));
      progress(++done / count);
    }
  });
  // If one fails, the others end with the part that they are making.
  const results = await Promise.allSettled(running.map((run) => run.catch(giveUp)));
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;

  function giveUp(error: unknown): never {
    missing.length = 0;
    throw error;
  }
}

interface ListWorker extends Disposable {
  make(userIds: readonly string[]): Promise<string>;
}

function startWorker(source: BatchSource): ListWorker {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const post = (message: ToWorker) => worker.postMessage(message);
  post({ source });
  return {
    make(userIds) {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if ("text" in data) resolve(data.text);
        else reject(data.mistake ? new InputError(data.error) : new Error(data.error));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(`A worker broke: ${event.message}`));
      };
      post({ userIds });
      return promise;
    },
    [Symbol.dispose]: () => worker.terminate(),
  };
}

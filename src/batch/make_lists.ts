import { InputError } from "../base/input_error.ts";
import type { Progress } from "../base/progress.ts";
import type { BatchPart, BatchSource, FromWorker, ToWorker } from "./messages.ts";
import type { PartFiles } from "./part_files.ts";

/** What {@linkcode makeLists} needs to know besides its source. */
export interface BatchRun {
  /** The users in parts, in the order of the output. */
  readonly parts: readonly BatchPart[];
  /** Where finished parts are. */
  readonly files: PartFiles;
  /** How many workers make lists at the same time. Default 2. */
  readonly workers?: number;
  readonly progress?: Progress;
}

/**
 * Makes the lists of users in workers, part by part, except for parts that are there already.
 * The lists are the same for any number of workers.
 *
 * @throws {InputError} If the artifact, the store or histories can't be read; finished parts stay.
 */
export async function makeLists(
  source: BatchSource,
  { parts, files, workers = 2, progress = () => {} }: BatchRun,
): Promise<void> {
  const count = parts.length;
  const missing = Array.from(parts, (_, part) => part).filter((part) => !files.has(part));
  let done = count - missing.length;
  const running = Array.from({ length: Math.min(workers, missing.length) }, async () => {
    using worker = startWorker(source);
    for (let part = missing.shift(); part !== undefined; part = missing.shift()) {
      await files.add(part, await worker.make(parts[part]));
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
  make(part: BatchPart): Promise<string>;
}

function startWorker(source: BatchSource): ListWorker {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const post = (message: ToWorker) => worker.postMessage(message);
  post({ source });
  return {
    make(part) {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if ("text" in data) resolve(data.text);
        else reject(data.mistake ? new InputError(data.error) : new Error(data.error));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(`A worker broke: ${event.message}`));
      };
      post({ part });
      return promise;
    },
    [Symbol.dispose]: () => worker.terminate(),
  };
}

/** The exit code of a program that Ctrl-C stopped. */
const INTERRUPTED = 130;

/** How long the cluster may take to stop, in milliseconds. */
const PATIENCE_MS = 3000;

/**
 * Runs something that Ctrl-C also stops on the cluster: the signal is aborted first, then this
 * program ends. If the result was there by then, it is disposed of.
 */
export async function untilInterrupted<T extends object>(
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = () => {
    controller.abort();
    setTimeout(() => Deno.exit(INTERRUPTED), PATIENCE_MS);
  };
  Deno.addSignalListener("SIGINT", stop);
  try {
    const result = await run(controller.signal);
    if (!controller.signal.aborted) return result;
    await (result as Partial<AsyncDisposable>)[Symbol.asyncDispose]?.();
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  } finally {
    Deno.removeSignalListener("SIGINT", stop);
  }
  console.error("Interrupted; nothing runs on the cluster any more");
  Deno.exit(INTERRUPTED);
}

/**
 * Has Ctrl-C dispose of what a cluster keeps, then end this program; it waits while this thread
 * computes. The result stands for what is kept: disposing of it disposes of that, too.
 */
export function disposedOnInterrupt(kept: AsyncDisposable): AsyncDisposable {
  let disposed: Promise<void> | undefined;
  const dispose = async () => await kept[Symbol.asyncDispose]();
  const stop = () => {
    setTimeout(() => Deno.exit(INTERRUPTED), PATIENCE_MS);
    disposed ??= dispose().then(() => {
      console.error("Interrupted; nothing is left on the cluster");
      Deno.exit(INTERRUPTED);
    });
  };
  Deno.addSignalListener("SIGINT", stop);
  return {
    async [Symbol.asyncDispose]() {
      Deno.removeSignalListener("SIGINT", stop);
      // A query that fails because it was interrupted leads here, too.
      await (disposed ??= dispose());
    },
  };
}

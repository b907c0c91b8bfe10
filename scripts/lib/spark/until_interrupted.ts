/** The exit code of a program that Ctrl-C stopped. */
const INTERRUPTED = 130;

/** How long the cluster may take to stop, in milliseconds. */
const PATIENCE_MS = 3000;

/**
 * Runs something that Ctrl-C also stops on the cluster: the signal is aborted first, then this
 * program ends.
 */
export async function untilInterrupted<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => {
    controller.abort();
    setTimeout(() => Deno.exit(INTERRUPTED), PATIENCE_MS);
  };
  Deno.addSignalListener("SIGINT", stop);
  try {
    return await run(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    console.error("Interrupted; nothing runs on the cluster any more");
    Deno.exit(INTERRUPTED);
  } finally {
    Deno.removeSignalListener("SIGINT", stop);
  }
}

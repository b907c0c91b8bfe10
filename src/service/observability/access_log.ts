import type { Answered } from "./metrics.ts";

/** Lines are written together, which is as good to read and costs far less. */
const FLUSH_MS = 100;
const MOST_LINES = 1000;

/**
 * Writes a line of JSON for each request: when, its id, method, route, status and milliseconds. Neither addresses
 * nor paths or queries, which hold ids.
 */
export class AccessLog implements Disposable {
  readonly #write: (text: string) => void;
  #lines: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param write Takes whole lines. Default standard output. */
  constructor(write: (text: string) => void = writeToStdout) {
    this.#write = write;
  }

  /** Adds a line; it is written within a tenth of a second. */
  add(id: string, { method, route, status, seconds }: Answered): void {
    const ms = Math.round(1e5 * seconds) / 100;
    const time = new Date().toISOString();
    this.#lines.push(`${JSON.stringify({ time, id, method, route, status, ms })}\n`);
    if (this.#lines.length >= MOST_LINES) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), FLUSH_MS);
  }

  /** Writes what there is. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lines.length > 0) this.#write(this.#lines.splice(0).join(""));
  }

  /** Writes what there is. */
  [Symbol.dispose](): void {
    this.flush();
  }
}

/** Nobody reading is no reason to stop serving. */
function writeToStdout(text: string): void {
  const bytes = new TextEncoder().encode(text);
  try {
    for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

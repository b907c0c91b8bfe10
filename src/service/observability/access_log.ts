import { Found } from "./found.ts";
import { type Answered, METHODS } from "./metrics.ts";

/** Lines are written together, which is as good to read and costs far less. */
const FLUSH_MS = 100;

/** Of some 130 bytes: a pipe, which on Linux holds 64 KiB, takes two such lots without waiting for whoever reads. */
const MOST_LINES = 200;

/**
 * Writes a line of JSON for each request: when, its id, method, route, status and milliseconds. Neither addresses
 * nor paths or queries, which hold ids.
 */
export class AccessLog implements Disposable {
  readonly #write: (text: string) => void;
  #text = "";
  #lines = 0;
  readonly #abouts = new Found(describe);
  #ms = NaN;
  #start = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param write Takes whole lines. Default standard output. */
  constructor(write: (text: string) => void = writeToStdout) {
    this.#write = write;
  }

  /**
   * Adds a line; it is written within a tenth of a second.
   *
   * @param id Of letters, digits, `_` and `-` alone.
   */
  add(id: string, { method, route, status, seconds }: Answered): void {
    const ms = Math.round(1e5 * seconds) / 100;
    const about = METHODS.includes(method)
      ? this.#abouts.get(method, route, status)
      : describe(method, route, status);
    this.#text += this.#startOfNow() + id + about + ms + "}\n";
    if (++this.#lines >= MOST_LINES) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), FLUSH_MS);
  }

  /** How lines of this millisecond begin. */
  #startOfNow(): string {
    const ms = Date.now();
    if (ms !== this.#ms) {
      this.#ms = ms;
      this.#start = `{"time":"${new Date(ms).toISOString()}","id":"`;
    }
    return this.#start;
  }

  /** Writes what there is. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#text;
    this.#text = "";
    this.#lines = 0;
    if (text !== "") this.#write(text);
  }

  /** Writes what there is. */
  [Symbol.dispose](): void {
    this.flush();
  }
}

/** What a line says between its id and its milliseconds. */
function describe(method: string, route: string | undefined, status: number): string {
  return `",${JSON.stringify({ method, route, status }).slice(1, -1)},"ms":`;
}

const encoder = new TextEncoder();
const buffer = new Uint8Array(1 << 18);

/** Nobody reading is no reason to stop serving. */
function writeToStdout(text: string): void {
  try {
    for (let start = 0; start < text.length;) {
      const { read, written } = encoder.encodeInto(text.slice(start), buffer);
      for (let at = 0; at < written;) at += Deno.stdout.writeSync(buffer.subarray(at, written));
      start += read;
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

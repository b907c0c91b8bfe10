import { writeAll } from "../../base/write_all.ts";
import { Memo } from "./memo.ts";
import { type Answered, methodLabel } from "./metrics.ts";

/** How long lines are collected to be written together, which costs far less than one by one. */
const FLUSH_MS = 100;

/**
 * How many lines are written without waiting for {@linkcode FLUSH_MS}, if no write is in progress.
 */
const BATCH_LINES = 200;

/** In characters, about 15,000 lines: enough for a reader that pauses for a moment. */
const MAX_BUFFERED = 2_000_000;

/** How long a log that closes waits for its last lines to be written. */
const CLOSE_TIMEOUT_MS = 500;

/** How an {@linkcode AccessLog} writes. */
export interface AccessLogOptions {
  /** Takes whole lines; isn't called again until it has resolved. Default standard output. */
  write?: (text: string) => void | Promise<void>;
  /** Called with the number of lines dropped, because writing failed or the buffer is full. */
  onLost?: (lines: number) => void;
}

/**
 * Writes a line of JSON for each request: its time, id, method, route, status and milliseconds. It
 * never writes addresses, paths or queries, which hold ids.
 *
 * No request waits for a slow reader: up to 2 million characters are buffered. Later lines are
 * dropped until the reader resumes; one line then says how many.
 */
export class AccessLog implements AsyncDisposable {
  readonly #write: (text: string) => void | Promise<void>;
  readonly #onLost: (lines: number) => void;
  #text = "";
  #lines = 0;
  #lost = 0;
  readonly #middles = new Memo(middleOf);
  #ms = NaN;
  #start = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> | undefined;
  #isFailing = false;

  constructor({ write = writeToStdout, onLost = () => {} }: AccessLogOptions = {}) {
    this.#write = write;
    this.#onLost = onLost;
  }

  /**
   * Adds a line; it is written within a tenth of a second if the reader keeps up.
   *
   * @param id Only letters, digits, `_` and `-`.
   */
  add(id: string, { method, route, status, seconds }: Answered): void {
    if (this.#text.length > MAX_BUFFERED) return this.#lose(1);
    const ms = Math.round(1e5 * seconds) / 100;
    const middle = this.#middles.get(methodLabel(method), route, status);
    this.#text += this.#startOfNow() + id + middle + ms + "}\n";
    this.#lines++;
    if (this.#writing === undefined) this.#writeSoon();
  }

  #lose(lines: number): void {
    this.#lost += lines;
    this.#onLost(lines);
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

  #writeSoon(): void {
    if (this.#lines >= BATCH_LINES) this.#writeBatch();
    else if (this.#lines > 0) this.#timer ??= setTimeout(() => this.#writeBatch(), FLUSH_MS);
  }

  #writeBatch(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lost = this.#lost;
    const text = this.#text + (lost > 0 ? lostLine(lost) : "");
    const lines = this.#lines;
    this.#text = "";
    this.#lines = 0;
    return this.#writing = this.#writeText(text, { lines, lost }).then(() => {
      this.#writing = undefined;
      this.#writeSoon();
    });
  }

  async #writeText(text: string, { lines, lost }: { lines: number; lost: number }): Promise<void> {
    try {
      await this.#write(text);
      this.#lost -= lost;
      this.#isFailing = false;
    } catch (error) {
      // The service goes on without its log.
      if (!this.#isFailing) {
        console.error(`Cannot write the access log: ${(error as Error).message}`);
      }
      this.#isFailing = true;
      this.#lose(lines);
    }
  }

  /** Writes all buffered lines. */
  async flush(): Promise<void> {
    while (this.#writing || this.#lines > 0) await (this.#writing ?? this.#writeBatch());
  }

  /** Writes all buffered lines, but waits for at most half a second. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, CLOSE_TIMEOUT_MS);
    await Promise.race([this.flush(), promise]);
    clearTimeout(timer);
  }
}

/** The part of a line between its id and its milliseconds. */
function middleOf(method: string, route: string | undefined, status: number): string {
  return `",${JSON.stringify({ method, route, status }).slice(1, -1)},"ms":`;
}

function lostLine(lost: number): string {
  return `${JSON.stringify({ time: new Date().toISOString(), lost })}\n`;
}

const encoder = new TextEncoder();

async function writeToStdout(text: string): Promise<void> {
  await writeAll(Deno.stdout, encoder.encode(text));
}

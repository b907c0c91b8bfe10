import { writeAll } from "../../base/write_all.ts";
import { Found } from "./found.ts";
import { type Answered, METHODS } from "./metrics.ts";

/** Lines are written together, which is as good to read and costs far less. */
const FLUSH_MS = 100;

/** So many are written at the latest, if nothing is being written. */
const LINES_OF_LOT = 200;

/** In characters, some 15,000 lines: whoever reads may be away for a moment. */
const MOST_WAITING = 2_000_000;

/** At the end; what isn't written by then never will be. */
const LAST_MS = 500;

/** How an {@linkcode AccessLog} writes. */
export interface AccessLogOptions {
  /** Takes whole lines; the next ones wait until it is done. Default standard output. */
  write?: (text: string) => void | Promise<void>;
  /** Told how many lines are lost, where they can't be written or too many wait. Default nobody is. */
  onLost?: (lines: number) => void;
}

/**
 * Writes a line of JSON for each request: when, its id, method, route, status and milliseconds. Neither addresses
 * nor paths or queries, which hold ids.
 *
 * Nothing waits for whoever reads but lines, up to 2 million characters of them. Those that came after are lost; one
 * line says how many.
 */
export class AccessLog implements AsyncDisposable {
  readonly #write: (text: string) => void | Promise<void>;
  readonly #onLost: (lines: number) => void;
  #text = "";
  #lines = 0;
  #lost = 0;
  readonly #abouts = new Found(describe);
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
   * Adds a line; it is written within a tenth of a second if whoever reads is quick enough.
   *
   * @param id Of letters, digits, `_` and `-` alone.
   */
  add(id: string, { method, route, status, seconds }: Answered): void {
    if (this.#text.length > MOST_WAITING) return this.#lose(1);
    const ms = Math.round(1e5 * seconds) / 100;
    const about = METHODS.includes(method)
      ? this.#abouts.get(method, route, status)
      : describe(method, route, status);
    this.#text += this.#startOfNow() + id + about + ms + "}\n";
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
    if (this.#lines >= LINES_OF_LOT) this.#writeLot();
    else if (this.#lines > 0) this.#timer ??= setTimeout(() => this.#writeLot(), FLUSH_MS);
  }

  #writeLot(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lost = this.#lost;
    const text = this.#text + (lost > 0 ? lostLine(lost) : "");
    const lines = this.#lines;
    this.#text = "";
    this.#lines = 0;
    return this.#writing = this.#writeAll(text, { lines, lost }).then(() => {
      this.#writing = undefined;
      this.#writeSoon();
    });
  }

  async #writeAll(text: string, { lines, lost }: { lines: number; lost: number }): Promise<void> {
    try {
      await this.#write(text);
      this.#lost -= lost;
      this.#isFailing = false;
    } catch (error) {
      // No reason to stop serving.
      if (!this.#isFailing) {
        console.error(`Cannot write the access log: ${(error as Error).message}`);
      }
      this.#isFailing = true;
      this.#lose(lines);
    }
  }

  /** Writes what there is. */
  async flush(): Promise<void> {
    while (this.#writing || this.#lines > 0) await (this.#writing ?? this.#writeLot());
  }

  /** Writes what there is, for half a second at most. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, LAST_MS);
    await Promise.race([this.flush(), promise]);
    clearTimeout(timer);
  }
}

/** What a line says between its id and its milliseconds. */
function describe(method: string, route: string | undefined, status: number): string {
  return `",${JSON.stringify({ method, route, status }).slice(1, -1)},"ms":`;
}

function lostLine(lost: number): string {
  return `${JSON.stringify({ time: new Date().toISOString(), lost })}\n`;
}

const encoder = new TextEncoder();

async function writeToStdout(text: string): Promise<void> {
  await writeAll(Deno.stdout, encoder.encode(text));
}

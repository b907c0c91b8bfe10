import { InputError } from "../../../base/input_error.ts";
import type { Progress } from "../../../base/progress.ts";

const NEWLINE = 10;
const CHUNK = 1 << 20;

/** The size of the buffer that {@linkcode visitLines} needs, in bytes. */
export const LINE_BUFFER = CHUNK + 1;

/** A span of whole lines in the buffer. */
export interface LineSpan {
  /** Where the first line begins in the buffer. */
  readonly start: number;
  /**
   * Where the last line ends, after its line feed, which is there even if the file's last line has
   * none.
   */
  readonly end: number;
  /** Where the first line begins in the file. */
  readonly position: number;
  /** Whether the file goes on after these lines. */
  readonly continues: boolean;
  /** Whether more lines can be read behind these, if the visitor asks for them. */
  readonly extensible: boolean;
}

/**
 * Handles one or more lines in a reused buffer, and returns the position of the line feed after the
 * last one handled; a position before the first line asks for more lines behind these.
 */
export type LineVisitor = (bytes: Uint8Array, span: LineSpan) => number;

/**
 * Visits the lines of a file in order, as fast as a plain loop over bytes.
 *
 * @param path A text file.
 * @param options `from`: where the first line begins, in bytes. `buffer`: holds the lines that are
 * visited; {@linkcode LINE_BUFFER} bytes. `name`: names the file in messages.
 * @throws {InputError} If a line is longer than a mebibyte.
 */
export function visitLines(
  path: string,
  { from, visit, buffer = new Uint8Array(LINE_BUFFER), name = path, progress }: {
    from: number;
    visit: LineVisitor;
    buffer?: Uint8Array;
    name?: string;
    progress?: Progress;
  },
): void {
  using file = Deno.openSync(path);
  const { size } = file.statSync();
  let position = file.seekSync(from, Deno.SeekMode.Start);
  let held = 0;
  for (let atEnd = false; !atEnd;) {
    const read = file.readSync(buffer.subarray(held, CHUNK));
    atEnd = read === null;
    held += read ?? 0;
    if (held === 0) return;
    if (atEnd && buffer[held - 1] !== NEWLINE) buffer[held++] = NEWLINE;
    const end = buffer.lastIndexOf(NEWLINE, held - 1) + 1;
    const isFull = held === CHUNK;
    if (end === 0 && isFull) {
      throw new InputError(
        `Cannot read ${name}: no line may be longer than ${CHUNK} bytes; is it CSV?`,
      );
    }
    let start = 0;
    while (start < end) {
      const extensible = !atEnd && !(isFull && start === 0);
      const span = { start, end, position: position + start, continues: !atEnd, extensible };
      const handled = visit(buffer, span);
      if (handled < start) break;
      start = handled + 1;
    }
    buffer.copyWithin(0, start, held);
    held -= start;
    position += start;
    progress?.(position / size);
  }
}
